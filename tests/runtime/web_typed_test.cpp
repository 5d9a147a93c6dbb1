#include "web_support.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace asyncio::test {
namespace {

enum class Colour { red, green, blue };

struct Size {
    int width;
    int height = 1;
};

struct Item {
    std::string name;
    double price;
    Colour colour = Colour::green;
    std::vector<std::string> tags = {};
    std::optional<std::string> note = {};
    std::optional<Size> size = {};
    std::map<std::string, int> stock = {};
    std::vector<Item> parts = {};
    bool class_ = false;
};

struct Numbers {
    std::int8_t small = 0;
    std::uint16_t natural = 0;
    std::int64_t large = 0;
    std::uint64_t largest = 0;
    float real = 0;
    bool flag = false;
    Json any = Json::object();
};

struct Period {
    int first;
    int last;
    void validate() const {
        if (last < first) throw ValueError("last is before first");
    }
};

/// The errors of a conversion, as "place: type".
template <class T> Log errors_of(const char* json) {
    Log log;
    try {
        (void)web::from_json<T>(parse_json(json));
    } catch (const web::ValidationError& error) {
        for (const Json& each : error.errors())
            log.push_back(std::format("{}: {:s}", each["loc"], each["type"]));
    }
    return log;
}

TEST(WebModel, is_read_by_the_names_of_its_members) {
    const auto item = web::from_json<Item>(parse_json(
        R"({"name": "lamp", "price": 2, "colour": "blue", "tags": ["a", "b"], "size": {"width": 3}, "class": true,
            "stock": {"north": 1}, "parts": [{"name": "bulb", "price": 0.5, "note": null}], "other": 1})"));
    EXPECT_EQ(item.name, "lamp");
    EXPECT_EQ(item.price, 2);
    EXPECT_EQ(item.colour, Colour::blue);
    EXPECT_EQ(item.tags, (Log{"a", "b"}));
    EXPECT_FALSE(item.note);
    ASSERT_TRUE(item.size);
    EXPECT_EQ(item.size->width, 3);
    EXPECT_EQ(item.size->height, 1);
    EXPECT_EQ(item.stock.at("north"), 1);
    ASSERT_EQ(item.parts.size(), 1u);
    EXPECT_EQ(item.parts[0].name, "bulb");
    EXPECT_EQ(item.parts[0].colour, Colour::green);
    EXPECT_TRUE(item.class_);
    EXPECT_EQ(dump_json(web::to_json(item)),
              R"({"name":"lamp","price":2.0,"colour":"blue","tags":["a","b"],"note":null,)"
              R"("size":{"width":3,"height":1},"stock":{"north":1},"parts":[{"name":"bulb","price":0.5,)"
              R"("colour":"green","tags":[],"note":null,"size":null,"stock":{},"parts":[],"class":false}],)"
              R"("class":true})");
}

TEST(WebModel, a_member_without_a_value_of_its_own_is_required) {
    struct All {
        int number;
        int zero = 0;
        bool flag;
        bool off = false;
        double real;
        Colour colour;
        Colour red = Colour::red;
        std::string text;
        std::string word = "x";
        Json json;
        Size size;
        std::optional<int> maybe;
        std::vector<int> list;
        std::map<std::string, int> map;
    };
    EXPECT_EQ(errors_of<All>("{}"),
              (Log{R"(["number"]: missing)", R"(["flag"]: missing)", R"(["real"]: missing)",
                   R"(["colour"]: missing)", R"(["text"]: missing)", R"(["json"]: missing)",
                   R"(["size"]: missing)"}));
}

TEST(WebModel, conversions_are_those_of_pydantic) {
    const auto read = [](const char* json) { return web::from_json<Numbers>(parse_json(json)); };
    EXPECT_EQ(read(R"({"small": "-128"})").small, -128);
    EXPECT_EQ(read(R"({"small": " +7 "})").small, 7);
    EXPECT_EQ(read(R"({"small": 3.0})").small, 3);
    EXPECT_EQ(read(R"({"small": "3.00"})").small, 3);
    EXPECT_EQ(read(R"({"small": true})").small, 1);
    EXPECT_EQ(read(R"({"large": -9223372036854775808})").large, INT64_MIN);
    EXPECT_EQ(read(R"({"largest": 18446744073709551615})").largest, UINT64_MAX);
    EXPECT_EQ(read(R"({"real": "1.5e1"})").real, 15);
    EXPECT_EQ(read(R"({"real": 2})").real, 2);
    for (const char* yes : {"true", "1", "1.0", R"("On")", R"("yes")", R"("T")"})
        EXPECT_TRUE(read(std::format(R"({{"flag": {}}})", yes).c_str()).flag) << yes;
    EXPECT_FALSE(read(R"({"flag": "off"})").flag);
    EXPECT_EQ(read(R"({"any": [1, null]})").any, parse_json("[1,null]"));
}

TEST(WebModel, what_cannot_be_converted_is_named_with_its_place) {
    const auto type_of = [](const char* json) {
        const Log errors = errors_of<Numbers>(json);
        return errors.size() == 1 ? errors[0].substr(errors[0].find(": ") + 2) : "";
    };
    EXPECT_EQ(type_of(R"({"small": 128})"), "less_than_equal");
    EXPECT_EQ(type_of(R"({"small": "-129"})"), "greater_than_equal");
    EXPECT_EQ(type_of(R"({"natural": -1})"), "greater_than_equal");
    EXPECT_EQ(type_of(R"({"large": "99999999999999999999999"})"), "less_than_equal");
    EXPECT_EQ(type_of(R"({"largest": 1e300})"), "less_than_equal");
    EXPECT_EQ(type_of(R"({"small": 1.5})"), "int_from_float");
    for (const char* text : {"", "x", "1x", "1.5", "0x1", "1 2", "--1", "1."})
        EXPECT_EQ(type_of(std::format(R"({{"small": "{}"}})", text).c_str()), "int_parsing") << text;
    EXPECT_EQ(type_of(R"({"small": null})"), "int_type");
    for (const char* text : {"", "x", "nan", "inf", "0x1p3", "1e", "1 "})
        EXPECT_EQ(type_of(std::format(R"({{"real": "{}"}})", text).c_str()),
                  std::string_view(text) == "1 " ? "" : "float_parsing")
            << text;
    EXPECT_EQ(type_of(R"({"real": "1e999"})"), "finite_number");
    EXPECT_EQ(type_of(R"({"real": []})"), "float_type");
    EXPECT_EQ(type_of(R"({"flag": 2})"), "bool_parsing");
    EXPECT_EQ(type_of(R"({"flag": {}})"), "bool_type");
    EXPECT_EQ(errors_of<Item>(R"({"name": 1, "price": 1, "colour": "pink", "tags": {}, "size": [], "stock": 1,
                                  "parts": [{"price": 1, "name": "x"}, {"name": "y"}]})"),
              (Log{R"(["name"]: string_type)", R"(["colour"]: enum)", R"(["tags"]: list_type)",
                   R"(["size"]: model_attributes_type)", R"(["stock"]: dict_type)",
                   R"(["parts",1,"price"]: missing)"}));
    try {
        (void)web::from_json<Item>(parse_json(R"({"name": "x", "price": 1, "parts": [{"price": 1}]})"));
        ADD_FAILURE();
    } catch (const ValueError& error) {
        EXPECT_STREQ(error.what(), "parts.0.name: Field required");
    }
}

TEST(WebModel, a_struct_can_check_itself) {
    EXPECT_EQ(web::from_json<Period>({{"first", 1}, {"last", 2}}).last, 2);
    try {
        (void)web::from_json<Period>({{"first", 2}, {"last", 1}});
        ADD_FAILURE();
    } catch (const web::ValidationError& error) {
        EXPECT_EQ(dump_json(error.errors()),
                  R"([{"loc":[],"msg":"Value error, last is before first","type":"value_error"}])");
    }
}

TEST(WebModel, not_more_than_a_hundred_errors_are_listed) {
    Json many = Json::array();
    for (int i = 0; i < 1000; ++i) many.push_back("x");
    try {
        (void)web::from_json<std::vector<int>>(many);
        ADD_FAILURE();
    } catch (const web::ValidationError& error) {
        EXPECT_EQ(error.errors().size(), 100u);
    }
}

struct UpdateItem {
    int id;
    Item item;
    bool dry_run = false;
    std::vector<int> tag = {};
    std::optional<Colour> colour = {};
    web::Header<std::optional<std::string>> x_token = {};
};

Coro<Json> update_item(UpdateItem params) {
    Json json{
        {"id", params.id}, {"name", params.item.name}, {"dry_run", params.dry_run}, {"tag", params.tag}};
    if (params.colour) json["colour"] = web::to_json(*params.colour);
    if (*params.x_token) json["token"] = **params.x_token;
    co_return json;
}

Application typed_app() {
    Application app;
    app.router().add_put("/items/{id}", web::typed(&update_item));
    web::add_openapi(app, {.title = "Items", .version = "1.0"});
    return app;
}

CO_TEST(WebTyped, parameters_come_from_path_query_headers_and_body) {
    co_await async_with(TestClient(typed_app()), [](TestClient& client) -> Coro<> {
        const Json item{{"name", "lamp"}, {"price", 1}};
        http::ClientResponse response = co_await client.put("/items/7", {.json = item});
        EXPECT_EQ(response.status(), 200);
        EXPECT_EQ(response.content_type(), "application/json");
        EXPECT_EQ(co_await response.text(), R"({"id":7,"name":"lamp","dry_run":false,"tag":[]})");
        EXPECT_EQ(co_await text_of(client.put("/items/-1?dry_run=yes&tag=1&tag=2&colour=red&unknown=1",
                                              {.headers = {{"X-Token", "t"}}, .json = item})),
                  R"({"id":-1,"name":"lamp","dry_run":true,"tag":[1,2],"colour":"red","token":"t"})");
    });
}

CO_TEST(WebTyped, a_request_that_does_not_fit_is_422_with_fields_and_reasons) {
    co_await async_with(TestClient(typed_app()), [](TestClient& client) -> Coro<> {
        http::ClientResponse response = co_await client.put(
            "/items/x?tag=1&tag=b&colour=pink", {.json = Json{{"name", "lamp"}, {"price", "much"}}});
        EXPECT_EQ(response.status(), 422);
        EXPECT_EQ(response.content_type(), "application/json");
        EXPECT_EQ(
            co_await response.text(),
            R"({"detail":[{"loc":["path","id"],"msg":"Input should be a valid integer, unable to parse string as an integer","type":"int_parsing"},)"
            R"({"loc":["query","tag",1],"msg":"Input should be a valid integer, unable to parse string as an integer","type":"int_parsing"},)"
            R"({"loc":["query","colour"],"msg":"Input should be 'red', 'green' or 'blue'","type":"enum"},)"
            R"({"loc":["body","price"],"msg":"Input should be a valid number, unable to parse string as a number","type":"float_parsing"}]})");
        EXPECT_EQ(co_await text_of(client.put("/items/1", {.json = Json{{"name", "lamp"}}})),
                  R"({"detail":[{"loc":["body","price"],"msg":"Field required","type":"missing"}]})");
        EXPECT_EQ(co_await text_of(client.put("/items/1")),
                  R"({"detail":[{"loc":["body"],"msg":"Field required","type":"missing"}]})");
        EXPECT_EQ(
            co_await text_of(client.put("/items/1", {.json = Json{1}})),
            R"({"detail":[{"loc":["body"],"msg":"Input should be a valid dictionary or object to extract )"
            R"(fields from","type":"model_attributes_type"}]})");
        EXPECT_EQ(
            co_await text_of(client.put(
                "/items/1", {.headers = {{"Content-Type", "text/plain"}}, .data = R"({"name": "x"})"})),
            R"({"detail":[{"loc":["body"],"msg":"Input should be a valid dictionary or object to extract )"
            R"(fields from","type":"model_attributes_type"}]})");
        const std::string malformed = co_await text_of(client.put(
            "/items/1", {.headers = {{"Content-Type", "application/json"}}, .data = R"({"name": )"}));
        EXPECT_TRUE(malformed.starts_with(R"({"detail":[{"loc":["body"],"msg":"JSON decode error: )"))
            << malformed;
        EXPECT_TRUE(malformed.ends_with(R"("type":"json_invalid"}]})")) << malformed;
        EXPECT_EQ(
            co_await status_of(client.put("/items/1", {.headers = {{"Content-Type", "application/ld+json"}},
                                                       .data = R"({"name": "x", "price": 1})"})),
            200);
        EXPECT_EQ(co_await status_of(client.put("/items/1", {.data = std::string(2'000'000, 'x')})), 413);
    });
}

CO_TEST(WebTyped, several_members_in_the_body_have_a_key_each) {
    struct Order {
        Item item;
        Size size;
        web::Body<int> importance;
        std::optional<Item> gift;
    };
    Application app;
    app.router().add_post("/", web::typed([](Order order) -> Coro<std::vector<std::string>> {
                              co_return Log{order.item.name, std::to_string(order.size.width),
                                            std::to_string(order.importance),
                                            order.gift ? "gift" : "no gift"};
                          }));
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        const Json item{{"name", "lamp"}, {"price", 1}};
        const Json size{{"width", 3}};
        EXPECT_EQ(co_await text_of(
                      client.post("/", {.json = Json{{"item", item}, {"size", size}, {"importance", 5}}})),
                  R"(["lamp","3","5","no gift"])");
        EXPECT_EQ(
            co_await text_of(client.post("/", {.json = Json{{"item", Json::object()}, {"importance", "x"}}})),
            R"({"detail":[{"loc":["body","item","name"],"msg":"Field required","type":"missing"},)"
            R"({"loc":["body","item","price"],"msg":"Field required","type":"missing"},)"
            R"({"loc":["body","size"],"msg":"Field required","type":"missing"},)"
            R"({"loc":["body","importance"],"msg":"Input should be a valid integer, unable to parse string )"
            R"(as an integer","type":"int_parsing"}]})");
    });
}

CO_TEST(WebTyped, the_result_is_json_or_a_response) {
    struct Id {
        int id;
    };
    int deleted = 0;
    Application app;
    app.router().add_get("/item",
                         web::typed([]() -> Coro<Size> { co_return {.width = 2}; }, {.status = 201}));
    app.router().add_get("/items", web::typed([]() -> Coro<std::vector<Size>> {
                             std::vector<Size> sizes{{.width = 1}};
                             co_return sizes;
                         }));
    app.router().add_get("/maybe", web::typed([]() -> Coro<std::optional<Size>> { co_return std::nullopt; }));
    app.router().add_get("/nothing", web::typed([](web::Request&) -> Coro<> { co_return; }));
    app.router().add_delete("/item/{id}", web::typed(
                                              [&](web::Request& request, const Id& params) -> Coro<> {
                                                  deleted = params.id;
                                                  EXPECT_EQ(request.method(), "DELETE");
                                                  co_return;
                                              },
                                              {.status = 204}));
    app.router().add_get("/own", web::typed([]() -> Coro<Response> { co_return Response{.text = "own"}; }));
    app.router().add_get("/none/{id}", web::typed([](Id id) -> Coro<Size> {
                             throw web::HTTPNotFound(std::format("no item {}", id.id));
                             co_return Size{};
                         }));
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        http::ClientResponse item = co_await client.get("/item");
        EXPECT_EQ(item.status(), 201);
        EXPECT_EQ(co_await item.text(), R"({"width":2,"height":1})");
        EXPECT_EQ(co_await text_of(client.get("/items")), R"([{"width":1,"height":1}])");
        EXPECT_EQ(co_await text_of(client.get("/maybe")), "null");
        EXPECT_EQ(co_await text_of(client.get("/nothing")), "null");
        http::ClientResponse gone = co_await client.del("/item/8");
        EXPECT_EQ(gone.status(), 204);
        EXPECT_EQ(co_await gone.text(), "");
        EXPECT_EQ(deleted, 8);
        EXPECT_EQ(co_await text_of(client.get("/own")), "own");
        EXPECT_EQ(co_await text_of(client.get("/none/3")), "no item 3");
    });
}

CO_TEST(WebTyped, a_middleware_can_answer_for_a_wrong_request) {
    Application app({.middlewares = {[](Request& request, web::Handler next) -> Coro<Response> {
                         std::string text;
                         try {
                             co_return co_await next(request);
                         } catch (const web::RequestValidationError& error) {
                             text = dump_json(error.errors()[0]["loc"]);
                         }
                         co_return Response{.status = 400, .text = text};
                     }}});
    app.router().add_get("/", web::typed([](Period) -> Coro<> { co_return; }));
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await text_of(client.get("/?first=1")), R"(["query","last"])");
        EXPECT_EQ(co_await text_of(client.get("/?first=2&last=1")), "[]");
    });
}

CO_TEST(WebTyped, openapi_describes_the_typed_routes) {
    Application above;
    Application app = typed_app();
    app.router().add_get("/plain", hello);
    app.router().add_get(
        R"(/sizes/{width:\d+})",
        web::typed([](Size size) -> Coro<Size> { co_return size; }, {.summary = "A size", .tags = {"sizes"}}),
        {.name = "size"});
    above.add_subapp("/v1", app);
    EXPECT_TRUE(web::openapi(above)["paths"].contains("/v1/items/{id}"));
    co_await async_with(TestClient(above), [](TestClient& client) -> Coro<> {
        const Json json = co_await (co_await client.get("/v1/openapi.json")).json();
        EXPECT_EQ(json["openapi"], "3.1.0");
        EXPECT_EQ(dump_json(json["info"]), R"({"title":"Items","version":"1.0"})");
        EXPECT_EQ(dump_json(json["servers"]), R"([{"url":"/v1"}])");
        EXPECT_EQ(json["paths"].size(), 2u);
        const Json& put = json["paths"]["/items/{id}"]["put"];
        EXPECT_EQ(put["operationId"], "items_id_put");
        EXPECT_EQ(
            dump_json(put["parameters"][0]),
            R"({"name":"id","in":"path","required":true,"schema":{"type":"integer","format":"int32"}})");
        EXPECT_EQ(
            dump_json(put["parameters"][1]),
            R"({"name":"dry_run","in":"query","required":false,"schema":{"type":"boolean","default":false}})");
        EXPECT_EQ(put["parameters"][4]["name"], "x-token");
        EXPECT_EQ(dump_json(put["requestBody"]),
                  R"({"required":true,"content":{"application/json":{"schema":)"
                  R"({"$ref":"#/components/schemas/Item"}}}})");
        EXPECT_TRUE(put["responses"].contains("422"));
        const Json& get = json["paths"]["/sizes/{width}"]["get"];
        EXPECT_EQ(get["operationId"], "size");
        EXPECT_EQ(get["tags"], Json{"sizes"});
        EXPECT_FALSE(json["paths"]["/sizes/{width}"].contains("head"));
        const Json& schemas = json["components"]["schemas"];
        EXPECT_EQ(dump_json(schemas["Size"]),
                  R"({"type":"object","properties":{"width":{"type":"integer","format":)"
                  R"("int32"},"height":{"type":"integer","format":"int32","default":1}},)"
                  R"("required":["width"]})");
        EXPECT_EQ(dump_json(schemas["Colour"]), R"({"type":"string","enum":["red","green","blue"]})");
        EXPECT_EQ(schemas["Item"]["properties"]["parts"]["items"]["$ref"], "#/components/schemas/Item");
        EXPECT_EQ(schemas["Item"]["properties"]["class"]["default"], false);
    });
}

} // namespace
} // namespace asyncio::test
