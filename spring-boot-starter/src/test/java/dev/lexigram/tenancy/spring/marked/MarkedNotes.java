package dev.lexigram.tenancy.spring.marked;

import jakarta.persistence.QueryHint;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;

/** Its query is checked at start, in a session without a tenant, and its results are cached. */
interface MarkedNotes extends JpaRepository<MarkedNote, Long> {

    @Query("select n.body from MarkedNote n order by n.id")
    @QueryHints(@QueryHint(name = "org.hibernate.cacheable", value = "true"))
    List<String> bodies();
}
