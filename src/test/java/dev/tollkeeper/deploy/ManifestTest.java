package dev.tollkeeper.deploy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether what is wrong with a manifest is found at all. */
class ManifestTest {
    private static final String DEPLOYMENT = """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {selector: {matchLabels: {a: b}},
             template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, %s}]}}}}""";

    @Test
    void whatIsRightPasses() {
        assertThatCode(() -> deployment("image: i, ports: [{containerPort: 80}], resources: {limits: {memory: 1Gi, cpu: 500m}}")
                .requireValid()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            imagee: i                                      | imagee
            ports: [{name: http}]                          | containerPort
            ports: [{containerPort: "80"}]                 | is read as
            ports: [{containerPort: many}]                 | many
            image: 7                                       | is read as
            securityContext: {readOnlyRootFilesystem: "yes"} | is read as
            env: [{name: A, value: 7}]                     | is read as
            livenessProbe: {periodSeconds: 1.5}            | 1.5
            """)
    void anUnknownFieldAWrongTypeAndAMissingFieldAreFound(String wrong, String told) {
        assertThatIllegalArgumentException().isThrownBy(() -> deployment(wrong).requireValid()).withMessageContaining(told);
    }

    @Test
    void aKindThatThereIsNotIsFound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.parse("{apiVersion: v1, kind: Servise}").get(0).requireValid())
                .withMessageContaining("Servise");
    }

    private static Manifest deployment(String container) {
        return Manifests.parse(DEPLOYMENT.formatted(container)).get(0);
    }
}
