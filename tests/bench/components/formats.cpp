// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"

#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

#include <expat.h>
#include <pugixml.hpp>

namespace penstock::bench
{
namespace
{

constexpr std::size_t records_of_a_body = 20'000;

// Gives each element of a name, as pugixml holds it, to a function; expat reads the document.
class elements
{
public:
    elements(std::string name, std::function<void(pugi::xml_node)> take)
        : name_(std::move(name)), take_(std::move(take))
    {
    }

    void read(std::string_view text)
    {
        const std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser(
            XML_ParserCreate("UTF-8"), XML_ParserFree);
        XML_SetUserData(parser.get(), this);
        XML_SetElementHandler(
            parser.get(),
            [](void* self, const XML_Char* name, const XML_Char** attributes)
            { static_cast<elements*>(self)->begin(name, attributes); },
            [](void* self, const XML_Char*) { static_cast<elements*>(self)->end(); });
        XML_SetCharacterDataHandler(parser.get(), [](void* self, const XML_Char* part, int size)
                                    { static_cast<elements*>(self)->add(part, size); });
        if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE) !=
            XML_STATUS_OK)
            throw std::runtime_error(XML_ErrorString(XML_GetErrorCode(parser.get())));
    }

private:
    void begin(const XML_Char* name, const XML_Char** attributes)
    {
        if (!node_ && name_ != name)
            return;
        put_text();
        node_ = (node_ ? node_ : document_).append_child(name);
        for (; *attributes != nullptr; attributes += 2)
            node_.append_attribute(attributes[0]).set_value(attributes[1]);
    }

    void end()
    {
        if (!node_)
            return;
        put_text();
        if (node_.parent() != document_)
        {
            node_ = node_.parent();
            return;
        }
        take_(node_);
        document_.reset();
        node_ = {};
    }

    void add(const XML_Char* part, int size)
    {
        if (node_)
            text_.append(part, static_cast<std::size_t>(size));
    }

    void put_text()
    {
        if (!text_.empty())
            node_.append_child(pugi::node_pcdata).set_value(text_.c_str());
        text_.clear();
    }

    const std::string name_;
    const std::function<void(pugi::xml_node)> take_;
    pugi::xml_document document_;
    pugi::xml_node node_;
    std::string text_;
};

std::size_t read_elements(const std::vector<packet>& given, const char* name,
                          json::object (*object_of)(pugi::xml_node))
{
    std::vector<json::object> made;
    const bytes body = given.front().data();
    elements(name, [&](pugi::xml_node each) { made.push_back(object_of(each)); }).read(body.view());
    return made.size();
}

json::object children_of(pugi::xml_node of)
{
    json::object fields;
    for (const pugi::xml_attribute each : of.attributes())
        fields.emplace("@" + std::string(each.name()), each.value());
    for (const pugi::xml_node each : of.children())
        if (each.type() == pugi::node_element)
            fields.emplace(each.name(), each.child_value());
    return fields;
}

json::object entry_of(pugi::xml_node item)
{
    json::object fields;
    for (const auto& [to, from] :
         {std::pair("title", "title"), std::pair("link", "link"), std::pair("id", "guid"),
          std::pair("published", "pubDate"), std::pair("summary", "description")})
        fields.emplace(to, item.child_value(from));
    return fields;
}

json::object document_of(pugi::xml_node doc)
{
    json::object fields;
    for (const pugi::xml_node each : doc.children("field"))
        fields.emplace(each.attribute("name").value(), each.child_value());
    return fields;
}

comparison reads(const char* name, const std::string& text, const char* type, const char* element,
                 json::object (*object_of)(pugi::xml_node), json::object parameters = {})
{
    return {.name = name,
            .parameters = std::move(parameters),
            .packets = [text, type] { return bodies({text}, type); },
            .bare = [element, object_of](const std::vector<packet>& given)
            { return read_elements(given, element, object_of); }};
}

comparison xml_read()
{
    std::string text = "<rows>";
    for (std::size_t n = 0; n < records_of_a_body; ++n)
        text += "<row n=\"" + std::to_string(n) + "\"><name>" + words(2, n) + "</name><text>" +
                words(20, n + 1) + "</text><price>" + std::to_string(n % 1000) + "</price></row>\n";
    return reads("xml/read", text + "</rows>", "application/xml", "row", children_of,
                 {{"record", "row"}});
}

comparison feed_read()
{
    std::string text = "<rss version=\"2.0\"><channel><title>News</title>";
    for (std::size_t n = 0; n < records_of_a_body / 2; ++n)
        text += "<item><guid>" + std::to_string(n) + "</guid><title>" + words(5, n) +
                "</title><link>http://example.org/" + std::to_string(n) +
                "</link><pubDate>Sat, 07 Sep 2002 09:42:31 GMT</pubDate><description>" +
                words(60, n + 1) + "</description></item>\n";
    return reads("feed/read", text + "</channel></rss>", "application/rss+xml", "item", entry_of);
}

comparison solr_read()
{
    std::string text = "<add>";
    for (std::size_t n = 0; n < records_of_a_body; ++n)
        text += "<doc><field name=\"id\">" + std::to_string(n) + "</field><field name=\"name\">" +
                words(2, n) + "</field><field name=\"text\">" + words(20, n + 1) +
                "</field></doc>\n";
    return reads("solr/read", text + "</add>", "text/xml", "doc", document_of);
}

// Writes what the reader below reads.
class packer
{
public:
    void map(std::size_t size) { put(static_cast<char>(0x80 + size)); }

    void text(std::string_view text)
    {
        put(static_cast<char>(0xda));
        put(static_cast<char>(text.size() >> 8));
        put(static_cast<char>(text.size()));
        made += text;
    }

    void number(double number)
    {
        put(static_cast<char>(0xcb));
        std::uint64_t bits = 0;
        std::memcpy(&bits, &number, sizeof bits);
        for (int shift = 56; shift >= 0; shift -= 8)
            put(static_cast<char>(bits >> shift));
    }

    void truth(bool is_true) { put(static_cast<char>(is_true ? 0xc3 : 0xc2)); }

    std::string made;

private:
    void put(char byte) { made += byte; }
};

// msgpack/read stands on no library: a loop that knows small maps, long texts, doubles and truths.
class unpacker
{
public:
    explicit unpacker(std::string_view text) : text_(text) {}

    [[nodiscard]] bool is_over() const { return at_ == text_.size(); }

    json::object map()
    {
        json::object made;
        for (std::size_t left = byte() - 0x80U; left > 0; --left)
        {
            const std::string_view name = text();
            made.emplace(name, value());
        }
        return made;
    }

private:
    unsigned byte() { return static_cast<unsigned char>(text_[at_++]); }

    std::string_view text()
    {
        ++at_;
        const std::size_t high = byte();
        const std::size_t size = high << 8 | byte();
        at_ += size;
        return text_.substr(at_ - size, size);
    }

    json::value value()
    {
        const auto kind = static_cast<unsigned char>(text_[at_]);
        if (kind == 0xda)
            return json::string(text());
        ++at_;
        if (kind != 0xcb)
            return kind == 0xc3;
        std::uint64_t bits = 0;
        for (int n = 0; n < 8; ++n)
            bits = bits << 8 | byte();
        double number = 0;
        std::memcpy(&number, &bits, sizeof number);
        return number;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

comparison msgpack_read()
{
    packer all;
    for (std::size_t n = 0; n < records_of_a_body; ++n)
    {
        const json::object of = record(n);
        all.map(of.size());
        for (const auto& [name, value] : of)
        {
            all.text(name);
            if (value.is_string())
                all.text(value.get_string());
            else if (value.is_double())
                all.number(value.get_double());
            else
                all.truth(value.get_bool());
        }
    }
    const auto bare = [](const std::vector<packet>& given)
    {
        const bytes body = given.front().data();
        std::vector<json::object> made;
        for (unpacker rest(body.view()); !rest.is_over();)
            made.push_back(rest.map());
        return made.size();
    };
    return {.name = "msgpack/read",
            .packets = [text = all.made] { return bodies({text}, "application/msgpack"); },
            .bare = bare};
}

} // namespace

void add_formats(std::vector<comparison>& to)
{
    for (auto* each : {xml_read, feed_read, solr_read, msgpack_read})
        add(to, each);
}

} // namespace penstock::bench
