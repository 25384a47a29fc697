package io.reliablemessage.test;

import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.RejectRequest;
import io.reliablemessage.contract.Caller;
import io.reliablemessage.contract.ContractSuite;
import io.reliablemessage.contract.ServiceUnderTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract suite, which the real service passes as well. */
class InMemoryContractTest {

    private final InMemoryMessageService service = InMemoryMessageService.start();

    @AfterEach
    void close() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> theInMemoryServiceKeepsTheContract() {
        return ContractSuite.against(new InMemory(service));
    }

    private record InMemory(InMemoryMessageService service) implements ServiceUnderTest {

        @Override
        public String address() {
            return service.url().toString();
        }

        @Override
        public String key(Caller caller) {
            return caller.isProducer()
                    ? service.producerKey(caller.application())
                    : service.consumerKey(caller.application());
        }

        @Override
        public void force(String id, String subscription, DeliveryState state) {
            switch (state) {
                case CONSUMED -> service.client(Caller.CONSUMER.application()).ack(id, subscription);
                case REJECTED ->
                    service.client(Caller.CONSUMER.application())
                            .reject(id, RejectRequest.builder(REJECTION).build());
                case DEAD -> service.giveUp(id, subscription);
                case DISCARDED -> service.discard(id, subscription);
                case SENDING -> {}
            }
        }
    }
}
