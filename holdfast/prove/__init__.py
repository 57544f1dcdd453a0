"""Did it work? Retention, churn and cohorts."""
