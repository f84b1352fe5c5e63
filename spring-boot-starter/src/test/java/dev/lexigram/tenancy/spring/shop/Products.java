package dev.lexigram.tenancy.spring.shop;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** A repository of Spring Data JPA. */
interface Products extends JpaRepository<Product, Long>, JpaSpecificationExecutor<Product> {

    List<Product> findByNameContaining(String part);

    Page<Product> findByIdIn(List<Long> ids, Pageable page);

    Slice<Product> findSliceByIdIn(List<Long> ids, Pageable page);

    Stream<Product> streamByIdIn(List<Long> ids);

    @EntityGraph(attributePaths = {"tags", "categories"})
    Optional<Product> findWithTagsById(long id);

    List<NameOnly> findNamesById(long id);

    long countByName(String name);

    boolean existsByName(String name);

    @Query(value = "select name from product where id = ?1", nativeQuery = true)
    List<String> nativelyById(long id);

    @Modifying
    @Query("update Product p set p.name = 'renamed' where p.id = ?1")
    int rename(long id);

    @Modifying
    @Query(value = "update product set name = 'renamed' where id = ?1", nativeQuery = true)
    int renameNatively(long id);

    /** A projection. */
    interface NameOnly {
        String getName();
    }
}
