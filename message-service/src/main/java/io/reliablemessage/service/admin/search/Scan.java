package io.reliablemessage.service.admin.search;

/**
 * One way through the ledger, newest first, over an index that has its rows in this order.
 *
 * <p>Its SQL has only the conditions that are asked for: a generic plan cannot know that {@code :topic IS NULL}.
 */
sealed interface Scan permits MessageScan, MessageKeyScan, DeliveryScan, DeliveryKeyScan, CauseScan {

    MessageFilter filter();

    Table table();

    /** SQL: the rows that may be read. */
    String select();

    /** SQL: which of these rows are found. */
    String condition();

    Cost cost();

    /** The table that is read. */
    enum Table {
        MESSAGE("id", "m"),
        DELIVERY("message_id", "d");

        private final String id;
        private final String alias;

        Table(String id, String alias) {
            this.id = id;
            this.alias = alias;
        }

        /** The column with the message's id. */
        String id() {
            return id;
        }

        /** What a condition calls it. */
        String alias() {
            return alias;
        }
    }

    /** What reading a row costs. */
    enum Cost {
        /** It lies beside the one before. */
        ADJACENT(1),
        /** The index has all that the condition asks for. */
        IN_INDEX(2),
        SCATTERED(10),
        /** The deliveries of each message are read as well. */
        WITH_DELIVERIES(20);

        private final int ofRow;

        Cost(int ofRow) {
            this.ofRow = ofRow;
        }

        /** How many rows may be read, where that many adjacent ones may. */
        int rows(int adjacent) {
            return adjacent / ofRow;
        }
    }
}
