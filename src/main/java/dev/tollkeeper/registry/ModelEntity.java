package dev.tollkeeper.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "registry_model")
class ModelEntity {
    @Id
    @Column(name = "id")
    String id;
    @Column(name = "provider")
    String provider;
    @Column(name = "name")
    String name;
    @Column(name = "context_tokens")
    Integer contextTokens;

    Model toModel() {
        return new Model(id, provider, name, contextTokens);
    }

    void write(Model model) {
        id = model.id();
        provider = model.provider();
        name = model.name();
        contextTokens = model.contextTokens();
    }
}
