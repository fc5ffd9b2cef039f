"""The office: where inventories are read, decided on and handed over."""
