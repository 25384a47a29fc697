package io.reliablemessage.service.registry;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface TopicRepository extends Repository<Topic, String> {

    Optional<Topic> findById(String name);

    @Query(nativeQuery = true, value = "SELECT * FROM topic WHERE name > :after ORDER BY name LIMIT :limit")
    List<Topic> page(String after, int limit);
}
