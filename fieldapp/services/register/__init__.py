"""The central record as other systems read and write it: stock, tenancies, appointments, inventories, readings."""
