"""Two definition packs compared: what the other has, lacks or says differently."""
