package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenantException;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.exception.spi.SQLExceptionConverter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.support.JdbcAccessor;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Lets a statement without a tenant end in the error that says so, in requests, jobs and elsewhere: to Spring and to
 * Hibernate, SQLSTATE 42501 would be bad SQL grammar.
 */
final class UnboundStatements {

    private UnboundStatements() {}

    private static void raiseIfTenancy(SQLException failure) {
        TenantException.causeOf(failure).ifPresent(known -> {
            throw known;
        });
    }

    /** For JdbcTemplate and what stands on it; whatever translator the application has, it is asked about the rest. */
    static final class OfJdbc implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof JdbcAccessor template) {
                var translator = template.getExceptionTranslator();
                template.setExceptionTranslator(telling(translator));
            }
            return bean;
        }

        private static SQLExceptionTranslator telling(SQLExceptionTranslator translator) {
            return (task, sql, failure) -> {
                raiseIfTenancy(failure);
                return translator.translate(task, sql, failure);
            };
        }
    }

    /** For Hibernate, whose every failure passes one converter. */
    static final class OfHibernate implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof EntityManagerFactory factory) {
                var failures = factory.unwrap(SessionFactoryImplementor.class)
                        .getJdbcServices()
                        .getSqlExceptionHelper();
                failures.setSqlExceptionConverter(telling(failures.getSqlExceptionConverter()));
            }
            return bean;
        }

        private static SQLExceptionConverter telling(SQLExceptionConverter converter) {
            return (failure, message, sql) -> {
                raiseIfTenancy(failure);
                return converter.convert(failure, message, sql);
            };
        }
    }
}
