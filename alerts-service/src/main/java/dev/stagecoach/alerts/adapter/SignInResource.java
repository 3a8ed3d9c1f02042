package dev.stagecoach.alerts.adapter;

import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where people come and go. What is done at the sign-in server is done before a request gets here. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
class SignInResource {
    private final ConsolePages pages;

    SignInResource(ConsolePages pages) {
        this.pages = pages;
    }

    /** The sign-in server leads back to here, and from here to the page that was asked for. */
    @GET
    @Path(ConsoleSignIn.SIGN_IN)
    @Authenticated
    @Operation(hidden = true)
    public Response signedIn() {
        return PageLink.seeOther("/");
    }

    @GET
    @Path(ConsoleSignIn.SIGN_OUT)
    @Authenticated
    @Operation(hidden = true)
    public Response signOut() {
        return pages.notice(
                Response.Status.OK,
                new Notice(
                        "Nothing to sign out of",
                        "A local stack signs everybody on this machine in.",
                        "/",
                        "Portfolio"));
    }

    @GET
    @Path(ConsoleSignIn.SIGNED_OUT)
    @PermitAll
    @Operation(hidden = true)
    public Response signedOut() {
        return pages.notice(
                Response.Status.OK,
                new Notice(
                        "You are signed out",
                        "Other programs that you signed in to may have ended with it.",
                        "/",
                        "Sign in again"));
    }
}
