"""How rules decide on tiers: the words they may use, the facts of customers, and the decision. It changes nothing."""
