package dev.retailcrm.wecom;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the manual of WeCom says of customer tags, over HTTP: groups, tags, who has them with whom, tokens and codes of failures. */
final class WeComStub implements AutoCloseable {
    private static final int PAGE = 2;

    private final HttpServer server;
    private final SortedMap<String, Tag> tags = new TreeMap<>();
    private final SortedMap<String, TreeSet<String>> follows = new TreeMap<>();
    private final List<String> bodies = new ArrayList<>();
    private final Deque<Integer> failures = new ArrayDeque<>();
    private int tokens;
    private int number;

    private record Tag(String id, String name, String group) {}

    WeComStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/cgi-bin/gettoken", exchange -> {
            tokens++;
            answer(
                    exchange,
                    200,
                    "{\"errcode\":0,\"errmsg\":\"ok\",\"access_token\":\"T" + tokens + "\",\"expires_in\":7200}");
        });
        server.createContext("/cgi-bin/externalcontact/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A customer whom a member of the staff added. */
    void follow(String staff, String contact) {
        follows.put(staff + "/" + contact, new TreeSet<>());
    }

    /** The next call is answered with this code; 500 and more are HTTP status. */
    void failOnce(int code) {
        failures.add(code);
    }

    /** How many tokens were given out. */
    int tokens() {
        return tokens;
    }

    /** What was sent to the paths that end so. */
    List<String> bodies(String path) {
        return bodies.stream().filter(it -> it.startsWith(path)).toList();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.substring("/cgi-bin/externalcontact/".length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Integer failure = failures.poll();
        if (failure != null && failure >= 500 && failure < 600) {
            answer(exchange, failure, "<html>Bad Gateway</html>");
        } else if (failure != null) {
            answer(exchange, 200, refused(failure).toString());
        } else if (!exchange.getRequestURI().getQuery().contains("access_token=T" + tokens)) {
            answer(exchange, 200, refused(40_014).toString());
        } else {
            bodies.add(name + " " + body);
            answer(
                    exchange,
                    200,
                    answer(name, JsonParser.parseString(body).getAsJsonObject()).toString());
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) {
        try (exchange) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject answer(String name, JsonObject asked) {
        return switch (name) {
            case "get_corp_tag_list" -> list();
            case "add_corp_tag" -> add(asked);
            case "edit_corp_tag" -> edit(asked);
            case "mark_tag" -> mark(asked);
            case "batch/get_by_user" -> batch(asked);
            default -> refused(40_066);
        };
    }

    private static JsonObject refused(int code) {
        JsonObject json = new JsonObject();
        json.addProperty("errcode", code);
        json.addProperty("errmsg", "wmAnn failed, more info at https://open.work.weixin.qq.com");
        return json;
    }

    private static JsonObject ok() {
        JsonObject json = new JsonObject();
        json.addProperty("errcode", 0);
        json.addProperty("errmsg", "ok");
        return json;
    }

    private JsonObject list() {
        JsonArray groups = new JsonArray();
        for (String group : new TreeSet<>(tags.values().stream().map(Tag::group).toList())) {
            groups.add(group(
                    group,
                    tags.values().stream()
                            .filter(it -> it.group().equals(group))
                            .toList()));
        }
        JsonObject json = ok();
        json.add("tag_group", groups);
        return json;
    }

    private static JsonObject group(String name, List<Tag> in) {
        JsonObject json = new JsonObject();
        json.addProperty("group_id", "g-" + name);
        json.addProperty("group_name", name);
        json.addProperty("create_time", 1_557_838_797L);
        json.addProperty("order", 1);
        json.addProperty("deleted", false);
        JsonArray all = new JsonArray();
        for (Tag tag : in) {
            JsonObject one = new JsonObject();
            one.addProperty("id", tag.id());
            one.addProperty("name", tag.name());
            one.addProperty("create_time", 1_557_838_797L);
            one.addProperty("order", 1);
            one.addProperty("deleted", false);
            all.add(one);
        }
        json.add("tag", all);
        return json;
    }

    /** An empty id of a group is no id; a name is taken once in a group. */
    private JsonObject add(JsonObject asked) {
        JsonObject group = asked.has("tag_group") ? asked.getAsJsonObject("tag_group") : asked;
        if (group.has("group_id") && group.get("group_id").getAsString().isEmpty()) {
            return refused(40_068);
        }
        String in = group.get("group_name").getAsString();
        List<Tag> made = new ArrayList<>();
        for (JsonElement one : group.getAsJsonArray("tag")) {
            String name = one.getAsJsonObject().get("name").getAsString();
            if (isTaken(name, in, "")) {
                return refused(40_071);
            }
            made.add(new Tag("et" + ++number, name, in));
        }
        made.forEach(tag -> tags.put(tag.id(), tag));
        JsonObject json = ok();
        json.add("tag_group", group(in, made));
        return json;
    }

    private boolean isTaken(String name, String group, String except) {
        return tags.values().stream()
                .anyMatch(it -> it.name().equals(name)
                        && it.group().equals(group)
                        && !it.id().equals(except));
    }

    private JsonObject edit(JsonObject asked) {
        Tag tag = tags.get(asked.get("id").getAsString());
        String name = asked.get("name").getAsString();
        if (tag == null) {
            return refused(40_068);
        } else if (isTaken(name, tag.group(), tag.id())) {
            return refused(40_071);
        }
        tags.put(tag.id(), new Tag(tag.id(), name, tag.group()));
        return ok();
    }

    private JsonObject mark(JsonObject asked) {
        TreeSet<String> has = follows.get(asked.get("userid").getAsString() + "/"
                + asked.get("external_userid").getAsString());
        if (has == null) {
            return refused(84_061);
        }
        List<String> added = ids(asked, "add_tag");
        if (!tags.keySet().containsAll(added)) {
            return refused(40_068);
        }
        has.addAll(added);
        has.removeAll(ids(asked, "remove_tag"));
        return ok();
    }

    private static List<String> ids(JsonObject json, String name) {
        List<String> ids = new ArrayList<>();
        if (json.has(name)) {
            json.getAsJsonArray(name).forEach(id -> ids.add(id.getAsString()));
        }
        return ids;
    }

    private JsonObject batch(JsonObject asked) {
        List<String> staff = ids(asked, "userid_list");
        String cursor = asked.has("cursor") ? asked.get("cursor").getAsString() : "";
        List<String> rest = follows.keySet().stream()
                .filter(pair -> staff.contains(pair.substring(0, pair.indexOf('/'))))
                .filter(pair -> pair.compareTo(cursor) > 0)
                .toList();
        if (staff.isEmpty() || staff.size() > 100 || asked.get("limit").getAsInt() > 100) {
            return refused(40_058);
        }
        JsonArray list = new JsonArray();
        List<String> shown = rest.subList(0, Math.min(PAGE, rest.size()));
        for (String pair : shown) {
            list.add(info(pair));
        }
        JsonObject json = ok();
        json.add("external_contact_list", list);
        json.addProperty("next_cursor", rest.size() > PAGE ? shown.get(PAGE - 1) : "");
        return json;
    }

    private JsonObject info(String pair) {
        JsonObject contact = new JsonObject();
        contact.addProperty("external_userid", pair.substring(pair.indexOf('/') + 1));
        contact.addProperty("name", "李四");
        contact.addProperty("type", 1);
        JsonObject follow = new JsonObject();
        follow.addProperty("userid", pair.substring(0, pair.indexOf('/')));
        JsonArray ids = new JsonArray();
        follows.getOrDefault(pair, new TreeSet<>()).forEach(ids::add);
        follow.add("tag_id", ids);
        JsonObject json = new JsonObject();
        json.add("external_contact", contact);
        json.add("follow_info", follow);
        return json;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
