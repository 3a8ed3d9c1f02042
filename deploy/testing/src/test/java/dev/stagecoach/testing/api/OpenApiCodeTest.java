package dev.stagecoach.testing.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the code says and the document does not, and the other way round, is named. */
class OpenApiCodeTest {
    private final ObjectMapper mapper = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @Path("/orders")
    static final class Orders {
        @PUT
        @Path("/{id: [0-9]+}")
        public void put(@PathParam("id") String id, @HeaderParam("Authorization") String authorization) {}

        @GET
        @Path("/{id}")
        public void get(@PathParam("id") String id, @RestQuery String language) {}

        @GET
        @Operation(hidden = true)
        public void page() {}
    }

    @Path("/orders")
    static final class MoreOrders {
        @GET
        @Path("/open")
        public void open(@QueryParam("limit") String limit) {}
    }

    @Path("/orders/{id}")
    static final class Renamed {
        @PUT
        public void put(@PathParam("id") String id) {}

        @GET
        public void get(@PathParam("id") String id, @QueryParam("lang") String language) {}
    }

    @Test
    void theRoutesOfTheDocumentAreThoseOfTheCode() {
        assertThat(OpenApiRoutes.differences(Documents.shop(), List.of(Orders.class)))
                .isEmpty();
    }

    @Test
    void aRouteThatIsNotInTheDocumentIsNamed() {
        assertThat(OpenApiRoutes.differences(Documents.shop(), List.of(Orders.class, MoreOrders.class)))
                .containsExactly("MoreOrders.open (GET /orders/open): not in the document");
    }

    @Test
    void aRouteThatIsNotInTheCodeIsNamed() {
        assertThat(OpenApiRoutes.differences(
                        Documents.shopWith("/orders/{order}:", "/orders/{order}/lines:"), List.of(Orders.class)))
                .contains("PUT /orders/{order}/lines: no method serves it");
    }

    @Test
    void aParameterOfAnotherNameIsNamed() {
        assertThat(OpenApiRoutes.differences(Documents.shop(), List.of(Renamed.class)))
                .singleElement()
                .asString()
                .contains("the document has [query language]")
                .contains("takes [query lang]");
    }

    @Path("/orders")
    @RolesAllowed("clerk")
    static final class Guarded {
        @PUT
        @Path("/{id}")
        @RolesAllowed("manager")
        public void put(@PathParam("id") String id) {}

        @GET
        @Path("/{id}")
        public void get(@PathParam("id") String id, @RestQuery String language) {}
    }

    @Test
    void aRoleThatTheDocumentDoesNotNameIsNamed() {
        assertThat(OpenApiRoutes.differences(
                        Documents.shopWith("security: [{token: []}]", "security: [{token: [clerk]}]"),
                        List.of(Guarded.class)))
                .containsExactlyInAnyOrder(
                        "PUT /orders/{order}: the document asks for the roles [clerk], Guarded.put (PUT /orders/{id}) for [manager]",
                        "GET /orders/{order}: the document asks for the roles [], Guarded.get (GET /orders/{id}) for [clerk]");
    }

    /** What a service asks of others is no route of its own. */
    @Path("/orders/{id}/lines")
    interface OfAnother {
        @GET
        String lines(@PathParam("id") String id);
    }

    @Test
    void whatIsAskedOfOthersIsNoRoute() {
        assertThat(OpenApiRoutes.differences(Documents.shop(), List.of(Orders.class, OfAnother.class)))
                .isEmpty();
    }

    record Order(
            String item,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable LocalDate on) {}

    record Priced(String item, @Nullable LocalDate on, int price) {}

    record NeverNull(String item, LocalDate on) {}

    record LeftOut(
            String item,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate on) {}

    record Numbered(int item, @Nullable LocalDate on) {}

    record Trouble(String detail) {}

    @Test
    void aSchemaThatIsTheRecordPasses() {
        assertThat(differences(Order.class, "required: [item]", "required: [item, 'on']"))
                .isEmpty();
        assertThat(differences(LeftOut.class, "type: [string, 'null'], format: date", "type: string, format: date"))
                .isEmpty();
    }

    @Test
    void whatARecordHasAndItsSchemaDoesNotIsNamed() {
        assertThat(differences(Order.class, "required: [item]", "required: [item]"))
                .containsExactly("Order.on: is not required, and always written");
        assertThat(differences(Priced.class, "required: [item]", "required: [item, 'on']"))
                .containsExactly("Order: the schema has [item, on], Priced has [item, on, price]");
        assertThat(differences(NeverNull.class, "required: [item]", "required: [item, 'on']"))
                .containsExactly("Order.on: the schema allows null, the code never writes it");
        assertThat(differences(Numbered.class, "required: [item]", "required: [item, 'on']"))
                .containsExactly("Order.item: type \"string\", and in the code integer");
        assertThat(differences(Order.class, "format: date", "format: date-time"))
                .contains("Order.on: format date-time (expected: date)");
    }

    @Test
    void aSchemaThatIsNoClassIsNamedUnlessTheTestSaysSo() {
        OpenApiRecords records =
                OpenApiRecords.of(mapper, "dev.stagecoach.events").named("Problem", Trouble.class);
        assertThat(records.differences(Documents.shop()))
                .containsExactly("Order: the name of [] (expected: of one class; else the test says which)");
        assertThat(records.without("Order", "Customer").differences(Documents.shop()))
                .containsExactly("Customer: the test names it, and the document does not have it");
    }

    private List<String> differences(Class<?> order, String right, String wrong) {
        return OpenApiRecords.of(mapper, "dev.stagecoach.events")
                .named("Order", order)
                .named("Problem", Trouble.class)
                .differences(Documents.shopWith(right, wrong));
    }
}
