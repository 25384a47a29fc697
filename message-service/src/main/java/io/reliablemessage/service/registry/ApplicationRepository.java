package io.reliablemessage.service.registry;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface ApplicationRepository extends Repository<Application, String> {

    List<Application> findByNameGreaterThanOrderByName(String after, Limit limit);
}
