package io.reliablemessage.service;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.contract.Caller;
import io.reliablemessage.contract.ContractSuite;
import io.reliablemessage.contract.ServiceUnderTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The contract suite, which the test kit's in-memory service passes as well. */
@Tag("ledger")
class ContractTest {

    @TestFactory
    Stream<DynamicTest> theServiceKeepsTheContract() {
        return ContractSuite.against(new RealService(Service.shared()));
    }

    private record RealService(Service service) implements ServiceUnderTest {

        @Override
        public String address() {
            return service.address();
        }

        @Override
        public String key(Caller caller) {
            return Key.valueOf(caller.name()).value();
        }

        @Override
        public void force(String id, String subscription, DeliveryState state) {
            service.jdbc()
                    .sql("""
                            UPDATE delivery SET state = :state, last_error = :error, due_at = NULL, finished_at = now()
                             WHERE message_id = :id::uuid AND subscription = :subscription
                            """)
                    .param("state", state.name())
                    .param("error", REJECTION)
                    .param("id", id)
                    .param("subscription", subscription)
                    .update();
        }
    }
}
