//! The screen: model, message, update, view.
