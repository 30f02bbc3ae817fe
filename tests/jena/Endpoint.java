import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.QueryException;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.tdb2.TDB2Factory;
import org.apache.jena.update.UpdateAction;

/**
 * Jena's engine (ARQ) and its store (TDB2, in memory) behind the SPARQL protocol, for tests: what Fuseki is made of,
 * as far as Debian packages it. Queries at /graphs/query and updates at /graphs/update, as Fuseki has them.
 *
 * <pre>java -cp '/usr/share/java/*' Endpoint.java PORT [union]</pre>
 *
 * listens on this machine alone. With "union" the default graph is that of all graphs.
 */
public class Endpoint {
  private interface Answer {
    byte[] to(String text, HttpExchange exchange);
  }

  private static final Dataset GRAPHS = TDB2Factory.createDataset();

  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 1) {
      GRAPHS.getContext().set(TDB2.symUnionDefaultGraph, true);
    }
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 64);
    server.createContext("/graphs/query", exchange -> answer(exchange, "query", Endpoint::queried));
    server.createContext("/graphs/update", exchange -> answer(exchange, "update", Endpoint::updated));
    server.start();
  }

  private static void answer(HttpExchange exchange, String kind, Answer answer) throws IOException {
    int status = 200;
    byte[] body;
    try {
      body = answer.to(text(exchange, kind), exchange);
    } catch (QueryException | IllegalArgumentException error) {
      status = 400;
      body = String.valueOf(error.getMessage()).getBytes(StandardCharsets.UTF_8);
    } catch (RuntimeException error) {
      status = 500;
      body = String.valueOf(error).getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] queried(String text, HttpExchange exchange) {
    return Txn.calculateRead(GRAPHS, () -> {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      String type = "application/sparql-results+json";
      try (QueryExecution asked = QueryExecutionFactory.create(text, GRAPHS)) {
        if (asked.getQuery().isSelectType()) {
          ResultSetFormatter.outputAsJSON(written, asked.execSelect());
        } else if (asked.getQuery().isAskType()) {
          ResultSetFormatter.outputAsJSON(written, asked.execAsk());
        } else {
          type = "application/n-triples";
          boolean construct = asked.getQuery().isConstructType();
          RDFDataMgr.write(written, construct ? asked.execConstruct() : asked.execDescribe(), Lang.NTRIPLES);
        }
      }
      exchange.getResponseHeaders().set("Content-Type", type);
      return written.toByteArray();
    });
  }

  private static byte[] updated(String text, HttpExchange exchange) {
    Txn.executeWrite(GRAPHS, () -> UpdateAction.parseExecute(text, GRAPHS));
    return new byte[0];
  }

  /** What is asked, or what is to be changed: in the body, in a form there, or in the address. */
  private static String text(HttpExchange exchange, String kind) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (type.startsWith("application/sparql-" + kind)) {
      return body;
    }
    Map<String, String> given = new HashMap<>();
    String form = type.startsWith("application/x-www-form-urlencoded") ? body : exchange.getRequestURI().getRawQuery();
    for (String pair : String.valueOf(form).split("&")) {
      String[] parts = pair.split("=", 2);
      given.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    if (!given.containsKey(kind) || given.keySet().stream().anyMatch(name -> name.endsWith("graph-uri"))) {
      throw new IllegalArgumentException("this endpoint takes " + kind + "= alone");
    }
    return given.get(kind);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
