-- What one device did in all rounds is asked for by person and program; the primary key begins with the round.

CREATE INDEX participation_device ON participation (federation, device);
