"""How it looks: base page, components, charts. Knows no noun of ours."""
