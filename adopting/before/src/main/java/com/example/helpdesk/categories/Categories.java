package com.example.helpdesk.categories;

import java.util.List;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.data.jpa.repository.JpaRepository;

/** All categories; the list is read with every ticket and kept in memory. */
public interface Categories extends JpaRepository<Category, Integer> {

    @Cacheable("categories")
    List<Category> findAllByOrderByName();

    @Override
    @CacheEvict(cacheNames = "categories", allEntries = true)
    <S extends Category> S save(S category);
}
