-- The sample's three services, as if each were deployed alone. shop_stock comes last: when it is there, all are.
CREATE DATABASE shop_orders;
CREATE DATABASE shop_points;
CREATE DATABASE shop_stock;
