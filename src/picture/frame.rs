//! The one place that knows polars: columns for grouping and for Parquet.
