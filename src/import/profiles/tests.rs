use super::*;

#[test]
fn every_built_in_profile_can_be_read() {
    for (name, text) in FILES {
        let read = Profile::read(name, text);
        assert!(read.is_ok(), "{name}: {:?}", read.err());
    }
    assert_eq!(all().len(), FILES.len());
}
