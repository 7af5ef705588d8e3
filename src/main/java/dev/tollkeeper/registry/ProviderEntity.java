package dev.tollkeeper.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "registry_provider")
class ProviderEntity {
    @Id
    @Column(name = "id")
    String id;
    @Column(name = "name")
    String name;
    @Column(name = "eu_native")
    boolean euNative;

    Provider toProvider() {
        return new Provider(id, name, euNative);
    }

    void write(Provider provider) {
        id = provider.id();
        name = provider.name();
        euNative = provider.euNative();
    }
}
