package io.reliablemessage.spring;

import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/** Hibernate and Spring's transactions for it, as an application has them. */
final class Jpa implements AutoCloseable {

    private final EntityManagerFactory factory;
    final TransactionTemplate transaction;

    Jpa(DataSource dataSource) {
        var bean = new LocalContainerEntityManagerFactoryBean();
        bean.setDataSource(dataSource);
        bean.setPackagesToScan("io.reliablemessage.spring");
        bean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        bean.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "none"));
        bean.afterPropertiesSet();
        factory = java.util.Objects.requireNonNull(bean.getObject());
        var manager = new JpaTransactionManager(factory);
        manager.setDataSource(dataSource);
        transaction = new TransactionTemplate(manager);
    }

    /** In the current transaction; the row is written when the commit flushes. */
    void persist(String number) {
        var entities = EntityManagerFactoryUtils.getTransactionalEntityManager(factory);
        java.util.Objects.requireNonNull(entities).persist(new JpaOrder(number));
    }

    @Override
    public void close() {
        factory.close();
    }
}
