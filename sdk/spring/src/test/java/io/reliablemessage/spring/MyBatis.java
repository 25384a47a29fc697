package io.reliablemessage.spring;

import javax.sql.DataSource;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.mybatis.spring.SqlSessionTemplate;
import org.mybatis.spring.transaction.SpringManagedTransactionFactory;

/** MyBatis in Spring's transactions. */
final class MyBatis {

    interface Orders {
        @Insert("INSERT INTO orders (number) VALUES (#{number})")
        int save(String number);
    }

    final Orders orders;

    MyBatis(DataSource dataSource) {
        var configuration =
                new Configuration(new Environment("test", new SpringManagedTransactionFactory(), dataSource));
        configuration.addMapper(Orders.class);
        orders = new SqlSessionTemplate(new SqlSessionFactoryBuilder().build(configuration)).getMapper(Orders.class);
    }
}
