//! Small invented cases for the tests of this room.
