//! The commands: arguments in, output and an exit code out. One file a command.
