package io.reliablemessage.spring.boot;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.CurrentTrace;
import io.reliablemessage.client.PayloadWriter;
import io.reliablemessage.client.ReliableMessageClient;
import io.reliablemessage.spring.MessageProducer;
import io.reliablemessage.spring.ProducerListener;
import io.reliablemessage.spring.ReliableMessages;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.transaction.PlatformTransactionManager;

/** The client and the producer of an application. */
@AutoConfiguration(
        after = PayloadAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration"
        })
@Conditional(ServiceIsKnown.class)
@EnableConfigurationProperties(ReliableMessageProperties.class)
public final class ReliableMessageAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ReliableMessageConnectionDetails reliableMessageConnectionDetails(ReliableMessageProperties properties) {
        return PropertiesConnectionDetails.of(properties);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ReliableMessageClient reliableMessageClient(
            ReliableMessageConnectionDetails service,
            ObjectProvider<PayloadWriter> payloads,
            ObjectProvider<CurrentTrace> trace) {
        var settings = ClientSettings.of(service.url(), service.apiKey())
                .withCurrentTrace(trace.getIfAvailable(() -> CurrentTrace.NONE));
        var writer = payloads.getIfAvailable();
        return ReliableMessageClient.create(writer == null ? settings : settings.withPayloads(writer));
    }

    @Bean
    @ConditionalOnMissingBean
    ProducerStatus reliableMessageProducerStatus() {
        return new ProducerStatus();
    }

    /** After the migrations of the application, which may create the tables. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    MessageProducer reliableMessageProducer(
            ReliableMessageClient client,
            ReliableMessageProperties properties,
            ListableBeanFactory beans,
            ObjectProvider<PlatformTransactionManager> transactions,
            ObjectProvider<ProducerListener> listeners,
            ObjectProvider<CurrentTrace> trace) {
        var builder = MessageProducer.builder(client)
                .settings(properties.producerSettings())
                .listener(new ProducerListeners(listeners.orderedStream().toList()))
                .currentTrace(trace.getIfAvailable(() -> CurrentTrace.NONE));
        transactions.ifUnique(builder::transactionManager);
        for (var dataSource :
                ProducerDataSources.of(beans, properties.producer().dataSources())) {
            ProducerTables.initialize(dataSource, properties.schema());
            builder.dataSource(dataSource);
        }
        return builder.start();
    }

    @Bean
    @ConditionalOnMissingBean
    ReliableMessages reliableMessages(MessageProducer producer) {
        return producer.messages();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("reliable-message.check.url")
    CheckRegistration reliableMessageCheckRegistration(
            ReliableMessageClient client, ReliableMessageProperties properties, ProducerStatus status) {
        return CheckRegistration.of(client, properties.check(), status);
    }
}
