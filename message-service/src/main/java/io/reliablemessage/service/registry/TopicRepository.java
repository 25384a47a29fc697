package io.reliablemessage.service.registry;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface TopicRepository extends Repository<Topic, String> {

    Optional<Topic> findById(String name);

    List<Topic> findByNameGreaterThanOrderByName(String after, Limit limit);
}
