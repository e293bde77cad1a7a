//! Which agency a name means: of a folder, a column, a service, an origin.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::agency::{Agency, guess_kind};
use crate::model::id::AgencyId;
use crate::model::phrase::{Phrase, fold};
use crate::model::words::AgencyKind;

/// The agencies of a folder: those that `case.toml` declares, those that supply a file, and those that are only named.
#[derive(Debug, Clone, Default)]
pub struct Agencies {
    declared: BTreeMap<AgencyId, Agency>,
    suppliers: BTreeSet<AgencyId>,
    /// Folded id or name to the declared id.
    by_name: BTreeMap<String, AgencyId>,
}

impl Agencies {
    /// Starts with what `case.toml` declares.
    pub fn new(declared: &[Agency]) -> Self {
        let mut agencies = Self::default();
        for agency in declared {
            agencies
                .by_name
                .insert(fold(&agency.name), agency.id.clone());
            agencies.declared.insert(agency.id.clone(), agency.clone());
        }
        // ids are put in after the names, since an id is surer than another agency's name
        for agency in declared {
            agencies
                .by_name
                .insert(fold(agency.id.as_str()), agency.id.clone());
        }
        agencies
    }

    /// Notes an agency that supplies a file or rows.
    pub fn add_supplier(&mut self, id: &AgencyId) {
        self.suppliers.insert(id.clone());
    }

    /// The id of a supplier by the name of its folder, file or column: the declared one, else one made of the name.
    pub fn supplier(&self, name: &str) -> AgencyId {
        self.by_name
            .get(&fold(name))
            .cloned()
            .unwrap_or_else(|| AgencyId::new(name))
    }

    /// Whether the name is one of an agency that is declared or supplies something, or a kind of agency.
    pub fn is_known(&self, name: &str) -> bool {
        let id = self.supplier(name);
        self.declared.contains_key(&id)
            || self.suppliers.contains(&id)
            || AgencyKind::read(name).is_some()
    }

    fn kind(&self, id: &AgencyId) -> AgencyKind {
        self.declared.get(id).map_or_else(
            || guess_kind(&id.as_str().replace('-', " ")),
            |agency| agency.kind,
        )
    }

    /// The agency that a text names by id, name or kind; `None` when it names none that is known.
    ///
    /// A kind means the one agency of that kind. A longer name that only contains a kind (`Hill Road primary school`)
    /// means an agency that is itself called by its kind, never another agency's own name.
    pub fn named(&self, text: &str) -> Option<AgencyId> {
        let id = self.supplier(text);
        if self.declared.contains_key(&id) || self.suppliers.contains(&id) {
            return Some(id);
        }
        let exact = AgencyKind::read(text);
        let kind = exact.unwrap_or_else(|| guess_kind(text));
        if kind == AgencyKind::Other {
            return None;
        }
        let of_kind: BTreeSet<&AgencyId> = self
            .suppliers
            .iter()
            .chain(self.declared.keys())
            .filter(|id| self.kind(id) == kind)
            .collect();
        let mut fitting = of_kind
            .iter()
            .filter(|id| exact.is_some() || AgencyKind::read(id.as_str()).is_some());
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => Some((*one).clone()),
            _ if exact.is_none() && !of_kind.is_empty() => Some(id),
            _ => Some(AgencyId::new(kind.phrase())),
        }
    }

    /// The agency that a text names, made of the text itself when it names none that is known.
    pub fn named_or_new(&self, text: &str) -> AgencyId {
        self.named(text).unwrap_or_else(|| AgencyId::new(text))
    }

    /// The list of all agencies: declared, suppliers and the named ones. `gave_rows`: those that supplied a row.
    pub fn list(&self, named: &BTreeSet<AgencyId>, gave_rows: &BTreeSet<AgencyId>) -> Vec<Agency> {
        let ids: BTreeSet<&AgencyId> = self
            .declared
            .keys()
            .chain(&self.suppliers)
            .chain(named)
            .chain(gave_rows)
            .collect();
        ids.into_iter()
            .map(|id| {
                let agency = self
                    .declared
                    .get(id)
                    .cloned()
                    .unwrap_or_else(|| Agency::of_id(id));
                Agency {
                    supplied: gave_rows.contains(id),
                    ..agency
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agencies() -> Agencies {
        let mut agencies = Agencies::new(&[Agency {
            id: AgencyId::new("hv"),
            name: "Health visiting".into(),
            kind: AgencyKind::HealthVisiting,
            supplied: false,
        }]);
        for id in ["police", "oak-school", "hv", "hill-surgery", "vale-surgery"] {
            agencies.add_supplier(&AgencyId::new(id));
        }
        agencies
    }

    #[test]
    fn a_service_is_an_agency_by_id_name_or_kind() {
        for (text, id) in [
            ("Police", Some("police")),
            ("health visitor", Some("hv")),
            ("Health Visiting", Some("hv")),
            ("school", Some("oak-school")),
            ("Hill Road primary school", Some("hill-road-primary-school")),
            ("CAMHS", Some("child-mental-health")),
            ("GP", Some("gp")),
            ("swimming club", None),
        ] {
            assert_eq!(
                agencies().named(text).as_ref().map(AgencyId::as_str),
                id,
                "{text}"
            );
        }
    }
}
