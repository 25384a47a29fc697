package io.reliablemessage.service.registry;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface TopicRepository extends Repository<Topic, String> {

    Optional<Topic> findById(String name);
}
