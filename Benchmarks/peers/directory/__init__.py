"""A directory of places as a Django + PostGIS team would write it, to be measured beside Maillage on the same data."""
