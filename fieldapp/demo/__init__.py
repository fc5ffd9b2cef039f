"""An invented landlord with its stock, its people and its day, for whoever tries the app."""
