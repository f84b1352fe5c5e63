package dev.lexigram.tenancy.spring.slice;

import org.springframework.data.jpa.repository.JpaRepository;

interface TaskRepository extends JpaRepository<Task, Long> {}
