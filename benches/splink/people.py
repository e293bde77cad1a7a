"""Links a file of people with Splink on DuckDB and measures what it took and how right it was.

Usage: python people.py RECORDS.csv [--threshold 0.95] [--json]

The file has the columns that benches/people writes. `cluster` says who is who and is read only after linking.
"""

import argparse
import json
import logging
import resource
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

# One line a pass. The last finds people whose two names stand in each other's column.
BLOCKING = [
    block_on("surname", "dob"),
    block_on("forename", "dob"),
    block_on("postcode", "forename"),
    block_on("postcode", "dob"),
    block_on("phone", "forename"),
    block_on("phone", "dob"),
    block_on("forename", "surname"),
    block_on("surname", "substr(forename, 1, 3)", "substr(dob, 1, 7)"),
    "l.forename = r.surname and l.surname = r.forename",
]
# Passes on which m is learnt; each leaves the others' fields free to vary.
LEARNING = [block_on("dob"), block_on("surname", "forename"), block_on("postcode", "substr(dob, 1, 4)")]
# Pairs that agree so far are taken as the same person when the share of true pairs is guessed.
CERTAIN = [block_on("forename", "surname", "dob"), block_on("forename", "phone", "dob")]

COMPARISONS = [
    cl.NameComparison("forename").configure(term_frequency_adjustments=True),
    cl.NameComparison("surname").configure(term_frequency_adjustments=True),
    cl.ExactMatch("middle_name").configure(term_frequency_adjustments=True),
    cl.ExactMatch("sex"),
    cl.DateOfBirthComparison("dob", input_is_string=True),
    cl.PostcodeComparison("postcode"),
    cl.ExactMatch("phone"),
]

CELLS = ["forename", "surname", "middle_name", "sex", "dob", "postcode", "phone"]


def link(path, threshold):
    """Links the file; gives the connection and the names of its tables of records, pairs and clusters."""
    connection = duckdb.connect()
    cells = ", ".join(f"nullif(lower(trim({cell})), '') as {cell}" for cell in CELLS)
    connection.execute(
        f"create table people as select record_id as unique_id, {cells}, cluster as truth, truth_household as home "
        "from read_csv(?, all_varchar = true, header = true)",
        [path],
    )
    database = DuckDBAPI(connection=connection)
    records = database.register("people", table_name="records")
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=COMPARISONS,
        blocking_rules_to_generate_predictions=BLOCKING,
        retain_matching_columns=False,
    )
    linker = Linker(records, settings)
    training = linker.training
    training.estimate_probability_two_random_records_match(CERTAIN, recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in LEARNING:
        # unbounded, the pass by date of birth alone takes minutes and 7 GB at a million records, and F1 stays as it is
        training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True, max_pairs=2e6
        )
    pairs = linker.inference.predict(threshold_match_probability=0.01)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
    return connection, pairs.physical_name, clusters.physical_name


def pairwise(connection, clusters):
    """Counts pairs of one cluster that are one person, of one cluster, and of one person; and false ones in a home."""
    connection.execute(
        f"create table linked as select p.*, c.cluster_id from people p join {clusters} c using (unique_id)"
    )

    def pairs(*by):
        columns = ", ".join(by)
        query = f"select coalesce(sum(n * (n - 1) / 2), 0) from (select count(*) n from linked group by {columns})"
        return int(connection.execute(query).fetchone()[0])

    right = pairs("cluster_id", "truth")
    return {
        "right": right,
        "linked": pairs("cluster_id"),
        "true": pairs("truth"),
        "false_in_household": pairs("cluster_id", "home") - pairs("cluster_id", "home", "truth"),
    }


def calibration(connection, pairs):
    """Sums |stated - true| over ten equal bands of probability from .01 up, weighted by the pairs in each."""
    bands = connection.execute(
        f"""select count(*), sum(match_probability), sum((l.truth = r.truth)::int)
            from {pairs} p join people l on l.unique_id = p.unique_id_l join people r on r.unique_id = p.unique_id_r
            where match_probability >= 0.01 group by least(floor(match_probability * 10), 9)"""
    ).fetchall()
    total = sum(count for count, _, _ in bands)
    return sum(abs(stated - true) for _, stated, true in bands) / max(total, 1), total


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("records")
    parser.add_argument("--threshold", type=float, default=0.95)
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    options = parser.parse_args()
    logging.disable(logging.WARNING)

    wall, cpu = time.monotonic(), time.process_time()
    connection, pairs, clusters = link(options.records, options.threshold)
    found = {"seconds": time.monotonic() - wall, "cpu_seconds": time.process_time() - cpu}
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = pairwise(connection, clusters)
    precision = counts["right"] / max(counts["linked"], 1)
    recall = counts["right"] / max(counts["true"], 1)
    found["f1"] = 2 * counts["right"] / max(counts["linked"] + counts["true"], 1)
    found |= {"precision": precision, "recall": recall, **counts}
    found["ece"], found["pairs"] = calibration(connection, pairs)
    if options.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:20} {value:.4f}" if isinstance(value, float) else f"{name:20} {value}")


if __name__ == "__main__":
    sys.exit(main())
