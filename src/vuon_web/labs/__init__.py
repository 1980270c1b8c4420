"""Labs, their programmes, cohorts, agencies, teams and sessions, and what is offered in them."""
