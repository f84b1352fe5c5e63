package dev.lexigram.tenancy.benchmarks.database;

import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;

/**
 * Opens a session and reads entities in one transaction: plain Hibernate, which knows of no tenants. Its floor runs the
 * same statements on the table without policies, where nothing filters at all.
 */
final class HibernateWork implements Work {

    private static final String QUERY = "from Product where batch = ?1 order by id";

    private final SessionFactory sessions;
    private final boolean byId;

    HibernateWork(Access access, boolean byId) {
        var configuration = new Configuration().addAnnotatedClass(Product.class);
        configuration.getProperties().put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, access.dataSource());
        configuration.setProperty(AvailableSettings.DEFAULT_SCHEMA, access.schema());
        this.sessions = configuration.buildSessionFactory();
        this.byId = byId;
    }

    @Override
    public void perform(Rows.Place place) {
        try (var session = sessions.openSession()) {
            var transaction = session.beginTransaction();
            if (byId) {
                find(session, place.first());
            } else {
                query(session, place.batch());
            }
            transaction.commit();
        }
    }

    @Override
    public void close() {
        sessions.close();
    }

    private static void find(Session session, long id) {
        var product = session.find(Product.class, id);
        if (product == null || product.name.isEmpty()) {
            throw new IllegalStateException("Product " + id + " did not come back");
        }
    }

    private static void query(Session session, long batch) {
        var products =
                session.createQuery(QUERY, Product.class).setParameter(1, batch).getResultList();
        if (products.size() != Rows.MANY) {
            throw new IllegalStateException("There are " + Rows.MANY + " and " + products.size() + " came back");
        }
    }
}
