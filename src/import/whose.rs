//! Whose each file is: the command line, `case.toml`, the folder, the profile or the stem of its name says it.

use super::agencies::Agencies;
use super::family_context::Part;
use super::files::File;
use super::headers::Column;
use crate::model::id::AgencyId;

/// Settles whose each file is: the command line, `case.toml`, the folder, the profile, the stem of the name.
pub fn settle_agencies(files: &mut [File], agencies: &mut Agencies) {
    let mut unnamed = files.iter().filter(|file| file.named.is_none());
    let in_folders = unnamed.any(|file| file.source.path.contains('/'));
    for file in files.iter_mut() {
        let path = &file.source.path;
        let of_help = || file.help.as_ref().and_then(|help| help.agency.clone());
        let of_folder = || {
            path.split_once('/')
                .map(|(folder, _)| agencies.supplier(folder))
        };
        let of_profile = || {
            file.tables.iter().find_map(|known| match &known.fitted {
                Some(fitted) => Some(AgencyId::new(fitted.agency())),
                None => known.part.and_then(Part::agency),
            })
        };
        file.source.agency = file
            .named
            .clone()
            .or_else(of_help)
            .or_else(of_folder)
            .or_else(of_profile);
        if let Some(id) = file.source.agency.as_ref().filter(|_| file.is_usable()) {
            agencies.add_supplier(id);
        }
    }
    if !in_folders {
        settle_by_stem(files, agencies);
    }
}

fn settle_by_stem(files: &mut [File], agencies: &mut Agencies) {
    // the stem names the agency, but `requests.csv` is nobody's unless its stem is an agency that is known otherwise
    for needs_one in [true, false] {
        for file in files
            .iter_mut()
            .filter(|file| file.source.agency.is_none() && file.is_usable())
        {
            let of_sources = file
                .tables
                .iter()
                .any(|known| known.part == Some(Part::Sources));
            let supplies = file
                .tables
                .iter()
                .any(|known| known.layout.kinds.need_a_supplier());
            let stem = file
                .source
                .path
                .split(['_', '.'])
                .next()
                .unwrap_or_default();
            if of_sources
                || supplies != needs_one
                || stem.is_empty()
                || (!supplies && !agencies.is_known(stem))
            {
                continue;
            }
            let id = agencies.supplier(stem);
            // where the rows name their agencies, the stem stands only for the rows that do not
            if !file
                .tables
                .iter()
                .any(|known| known.layout.has(Column::Agency))
            {
                agencies.add_supplier(&id);
            }
            file.source.agency = Some(id);
        }
    }
}
