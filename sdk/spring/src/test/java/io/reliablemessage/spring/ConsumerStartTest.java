package io.reliablemessage.spring;

import static io.reliablemessage.spring.ConsumerRig.LIMIT;
import static io.reliablemessage.spring.ConsumerRig.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.spring.SubscriptionState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** What listeners may look like, and which mistakes end the start. */
class ConsumerStartTest {

    record OrderPlaced(String sku, int amount) {}

    private static ConsumerRig rig;

    @BeforeAll
    static void open() {
        rig = ConsumerRig.on(TestDatabase.H2).withTopic();
    }

    @AfterAll
    static void close() throws Exception {
        rig.close();
    }

    static class AllKinds {

        final List<Object> seen = new CopyOnWriteArrayList<>();

        @ReliableListener(topic = TOPIC, subscription = "${name}-record", concurrency = 2, prefetch = 5)
        void record(OrderPlaced event, MessageHead head) {
            seen.add(event);
        }

        @ReliableListener(topic = TOPIC, subscription = "${name}-list")
        public void headFirst(MessageHead head, Map<String, Object> event) {
            seen.add(event.get("amount"));
        }

        @ReliableListener(topic = TOPIC, subscription = "${name}-text")
        protected void text(String json) {
            seen.add(json);
        }

        @ReliableListener(topic = TOPIC, subscription = "${name}-bytes")
        void bytes(byte[] json) {
            seen.add(json.length);
        }
    }

    @Test
    void methodsTakeThePayloadInEachOfItsForms() {
        var mapper = JsonMapper.builder().build();
        var bean = new AllKinds();
        List.of("record", "list", "text", "bytes").forEach(form -> rig.queues.add("forms-" + form));
        try (var consumer = rig.builder()
                .payloads((json, type) -> mapper.readValue(json, mapper.constructType(type)))
                .listeners(Finders.of(Map.of("name", "forms"), bean))
                .start()) {
            ConsumerRig.awaitListening(consumer);

            rig.send("o1");

            await().atMost(LIMIT).until(() -> bean.seen.size() == 4);
            var json = "{\"amount\":2,\"sku\":\"sku of o1\"}";
            assertThat(bean.seen).containsExactlyInAnyOrder(new OrderPlaced("sku of o1", 2), 2, json, json.length());
        }
    }

    @Test
    void methodsOfProxiesAreCalledThroughThem() {
        var target = new AllKinds();
        var factory = new ProxyFactory(target);
        factory.setProxyTargetClass(true);
        var calls = new CopyOnWriteArrayList<String>();
        factory.addAdvice((org.aopalliance.intercept.MethodInterceptor) call -> {
            calls.add(call.getMethod().getName());
            return call.proceed();
        });
        List.of("record", "list", "text", "bytes").forEach(form -> rig.queues.add("proxies-" + form));
        var mapper = JsonMapper.builder().build();
        try (var consumer = rig.builder()
                .payloads((json, type) -> mapper.readValue(json, mapper.constructType(type)))
                .listeners(Finders.of(Map.of("name", "proxies"), factory.getProxy()))
                .start()) {
            ConsumerRig.awaitListening(consumer);

            rig.send("o1");

            await().atMost(LIMIT).until(() -> target.seen.size() == 4);
            assertThat(calls).contains("record", "headFirst", "text");
        }
    }

    static class Wrong {

        static class ReturnsSomething {
            @ReliableListener(topic = TOPIC, subscription = "wrong")
            CompletableFuture<Void> later(String text) {
                return CompletableFuture.completedFuture(null);
            }
        }

        static class TakesNothing {
            @ReliableListener(topic = TOPIC, subscription = "wrong")
            void nothing() {}
        }

        static class TakesTwoPayloads {
            @ReliableListener(topic = TOPIC, subscription = "wrong")
            void two(String one, String other) {}
        }

        static class IsStatic {
            @ReliableListener(topic = TOPIC, subscription = "wrong")
            static void all(String text) {}
        }

        static class TakesARecord {
            @ReliableListener(topic = TOPIC, subscription = "wrong")
            void earn(OrderPlaced event) {}
        }

        static class HasNoThreads {
            @ReliableListener(topic = TOPIC, subscription = "wrong", concurrency = 0)
            void earn(String text) {}
        }

        static class IsFinal {
            @ReliableListener(topic = TOPIC, subscription = "wrong")
            final void earn(String text) {}
        }
    }

    @Test
    void aMethodOfTheWrongShapeEndsTheStartWithASentence() {
        refused(new Wrong.ReturnsSomething(), "ReturnsSomething.later returns CompletableFuture, but returns nothing");
        refused(new Wrong.TakesNothing(), "takes the payload and, if it wants, a MessageHead, and nothing else");
        refused(new Wrong.TakesTwoPayloads(), "takes the payload and, if it wants, a MessageHead, and nothing else");
        refused(new Wrong.IsStatic(), "IsStatic.all is static: make it a method of a bean");
        refused(new Wrong.TakesARecord(), "OrderPlaced, which nothing can read");
        refused(new Wrong.HasNoThreads(), "The concurrency of subscription wrong is 0");
        refused(new Object(), "java.lang.Object has no method with @ReliableListener");
        var proxy = new ProxyFactory(new Wrong.IsFinal());
        proxy.setProxyTargetClass(true);
        refused(proxy.getProxy(), "IsFinal.earn is final, but its bean is a proxy");
    }

    private static void refused(Object bean, String sentence) {
        assertThatThrownBy(() -> rig.builder().listeners(bean).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aPartThatIsMissingEndsTheStartWithASentence() {
        incomplete(builder -> {}, "A message consumer needs a listener");
        incomplete(
                builder -> builder.listen(TOPIC, "one", rig::handle),
                "A message consumer needs a DataSource with the table rm_inbox");
        incomplete(
                builder -> builder.listen(TOPIC, "one", rig::handle).listen(TOPIC, "one", rig::handle),
                "Two listeners have the subscription one");
    }

    private static void incomplete(Consumer<MessageConsumer.Builder> described, String sentence) {
        var builder = MessageConsumer.builder(rig.client);
        described.accept(builder);
        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void transactionsThatDoNotFitEndTheStartWithASentence() {
        var ofAnother = new DataSourceTransactionManager(TestDatabase.H2.newDatabase());
        assertThatThrownBy(() -> rig.builder()
                        .listen(TOPIC, rig.subscription, rig::handle)
                        .transactionManager(ofAnother)
                        .start())
                .hasMessageContaining("The message consumer's transaction manager does not use its DataSource");

        var silent = new DataSourceTransactionManager(rig.database);
        silent.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
        assertThatThrownBy(() -> rig.builder()
                        .listen(TOPIC, rig.subscription, rig::handle)
                        .transactionManager(silent)
                        .start())
                .hasMessageContaining("SYNCHRONIZATION_ALWAYS");
    }

    @Test
    void waitsForItsTable() throws Exception {
        try (var empty = TestDatabase.POSTGRESQL.newEmptyDatabase();
                var consumer = rig.builder()
                        .listen(TOPIC, rig.subscription, (payload, head) -> {})
                        .dataSource(empty)
                        .transactionManager(new DataSourceTransactionManager(empty))
                        .start()) {
            await().atMost(LIMIT).until(() -> consumer.states().get(0).reason().contains("The inbox (table rm_inbox)"));
            assertThat(consumer.states().get(0).status()).isEqualTo(Status.STARTING);

            OutboxSchema.createIfMissing(empty, "rm_");

            ConsumerRig.awaitListening(consumer);
        }
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> ConsumerSettings.DEFAULT.withInboxWindow(Duration.ofHours(1)))
                .hasMessageContaining("inboxWindow is PT1H");
        assertThatThrownBy(() -> ConsumerSettings.DEFAULT.withMaxWaitingAnswers(0))
                .hasMessageContaining("maxWaitingAnswers is 0");
        assertThatThrownBy(() -> new BusinessRejection("out of stock", "no"))
                .hasMessageContaining("The code of a rejection is 'out of stock'");
    }
}
