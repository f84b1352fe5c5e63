package dev.lexigram.tenancy.spring.shop;

import java.util.List;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

/** A repository of Spring Data JDBC. */
interface Labels extends ListCrudRepository<Label, Long>, PagingAndSortingRepository<Label, Long> {

    List<Label> findByNameContaining(String part);

    @Query("select name from label where id = :id")
    List<String> namesOf(long id);

    @Modifying
    @Query("update label set name = 'renamed' where id = :id")
    int rename(long id);
}
