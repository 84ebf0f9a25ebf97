// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/yaml.hpp"

#include "host/base/printable.hpp"
#include "host/base/problem.hpp"
#include "host/base/utf8.hpp"
#include "host/base/yaml_scalar.hpp"

#include <penstock/json.hpp>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

namespace penstock::host
{

namespace
{

// Columns count characters, as those of JSON do.
[[noreturn]] void fail(std::string_view text, std::size_t offset, const std::string& what)
{
    const std::string_view before = text.substr(0, offset);
    const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n'));
    const std::string_view in_line = before.substr(before.rfind('\n') + 1);
    const auto column = static_cast<std::size_t>(std::ranges::count_if(
        in_line, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; }));
    throw json_error("line " + std::to_string(line + 1) + ", column " + std::to_string(column + 1) +
                         ": " + what,
                     line + 1, column + 1, offset);
}

// Marks count bytes, from 0.
std::size_t offset_of(std::string_view text, const YAML::Mark& mark)
{
    return mark.pos < 0 ? 0 : std::min(static_cast<std::size_t>(mark.pos), text.size());
}

/// Writes JSON while the parser goes through a document.
class json_writer final : public YAML::EventHandler
{
public:
    explicit json_writer(std::string_view text) : text_(text) {}

    [[nodiscard]] std::string take() { return std::move(out_); }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (std::exchange(has_begun_, true))
            fail(mark, "is the begin of a second document; one was expected");
    }

    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        if (is_key())
            fail(mark, "a key is null; a text was expected");
        begin_value(mark);
        const std::size_t begin = out_.size();
        out_ += "null";
        end_value(anchor, begin, 0);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        if (is_key())
            fail(mark, "a key is an alias; a text was expected");
        const auto known = anchors_.find(anchor);
        if (known == anchors_.end())
            fail(mark, "an alias stands within what it stands for; a value was expected");
        const anchored to = known->second;
        begin_value(mark);
        repeated_ += to.end - to.begin;
        if (repeated_ > greatest_repetition)
            fail(mark, "aliases make too long a document; at most " +
                           std::to_string(greatest_repetition) + " bytes of them were expected");
        if (levels_.size() + to.height > greatest_yaml_depth)
            fail_depth(mark);
        out_ += std::string(out_, to.begin, to.end - to.begin);
        end_value(YAML::anchor_t(), 0, to.height);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        refuse_tag(mark, tag, true);
        const bool is_plain = tag == "?";
        if (is_key())
            return begin_member(mark, value, is_plain);
        begin_value(mark);
        const std::size_t begin = out_.size();
        if (is_plain && is_not_finite(value))
            fail(mark, "is " + quote(value) +
                           "; a number that JSON has, or a text in quotes, was expected");
        if (const auto token = is_plain ? json_of_plain(value) : std::nullopt)
            write_token(mark, *token);
        else
            write_json(json::value(value), out_);
        end_value(anchor, begin, 0);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        enter(mark, tag, anchor, '[');
    }

    void OnSequenceEnd() override { leave(']'); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        enter(mark, tag, anchor, '{');
    }

    void OnMapEnd() override { leave('}'); }

private:
    struct level
    {
        bool is_list;
        YAML::anchor_t anchor;
        std::size_t begin;      ///< in the output
        std::size_t height = 1; ///< how deep it is nested itself
        bool has_key = false;   ///< what comes next is the value of a member
        std::size_t items = 0;
        std::set<std::string> keys;
    };

    /// What an anchor names, in the output.
    struct anchored
    {
        std::size_t begin;
        std::size_t end;
        std::size_t height;
    };

    [[noreturn]] void fail(const YAML::Mark& mark, const std::string& what) const
    {
        host::fail(text_, offset_of(text_, mark), what);
    }

    [[noreturn]] void fail_depth(const YAML::Mark& mark) const
    {
        fail(mark, "is nested too deep; at most " + std::to_string(greatest_yaml_depth) +
                       " levels were expected");
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag, bool is_scalar) const
    {
        if (!tag.empty() && tag != "?" && !(is_scalar && tag == "!"))
            fail(mark, "has the tag " + quote(tag) + "; no tag was expected");
    }

    [[nodiscard]] bool is_key() const
    {
        return !levels_.empty() && !levels_.back().is_list && !levels_.back().has_key;
    }

    void begin_member(const YAML::Mark& mark, const std::string& key, bool is_plain)
    {
        level& here = levels_.back();
        if (is_plain && key == "<<")
            fail(mark, "is a merge key, which YAML 1.2 has not; a text was expected");
        if (!here.keys.insert(key).second)
            fail(mark, "the key " + quote(key) + " stands here twice; each key once was expected");
        if (here.items++ > 0)
            out_ += ',';
        write_json(json::value(key), out_);
        out_ += ':';
        here.has_key = true;
    }

    void begin_value(const YAML::Mark&)
    {
        if (!levels_.empty() && levels_.back().is_list && levels_.back().items++ > 0)
            out_ += ',';
    }

    void end_value(YAML::anchor_t anchor, std::size_t begin, std::size_t height)
    {
        if (anchor != YAML::NullAnchor)
            anchors_[anchor] = {begin, out_.size(), height};
        if (levels_.empty())
            return;
        levels_.back().has_key = false;
        levels_.back().height = std::max(levels_.back().height, height + 1);
    }

    // One that no double can hold is told here, where its place is known.
    void write_token(const YAML::Mark& mark, const std::string& token)
    {
        try
        {
            static_cast<void>(parse_json(token));
        }
        catch (const json_error& error)
        {
            const std::string_view what = error.what();
            fail(mark, std::string(what.substr(what.find(": ") + 2)));
        }
        out_ += token;
    }

    void enter(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, char begin)
    {
        refuse_tag(mark, tag, false);
        if (is_key())
            fail(mark, begin == '[' ? "a key is a list; a text was expected"
                                    : "a key is an object; a text was expected");
        if (levels_.size() >= greatest_yaml_depth)
            fail_depth(mark);
        begin_value(mark);
        levels_.push_back({begin == '[', anchor, out_.size(), 1, false, 0, {}});
        out_ += begin;
    }

    void leave(char end)
    {
        out_ += end;
        const level left = std::move(levels_.back());
        levels_.pop_back();
        end_value(left.anchor, left.begin, left.height);
    }

    std::string_view text_;
    std::string out_;
    std::vector<level> levels_;
    std::map<YAML::anchor_t, anchored> anchors_; ///< that are complete
    std::size_t repeated_ = 0;
    bool has_begun_ = false;
};

// The library takes a byte 4 for the end, and guesses at other encodings.
void refuse_characters(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();)
    {
        const std::size_t length = utf8_length(text.substr(at));
        if (length == 0)
            fail(text, at, "has a byte that is no UTF-8; UTF-8 was expected");
        const std::string_view character = text.substr(at, length);
        if (is_control(character) && std::string_view("\t\n\r").find(character) == character.npos)
            fail(text, at, "has a control character; a printable one was expected");
        at += length;
    }
}

} // namespace

std::string yaml_as_json(std::string_view text)
{
    text = detail::without_mark(text);
    refuse_characters(text);
    std::istringstream stream{std::string(text)};
    json_writer writer(text);
    try
    {
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(writer))
            fail(text, 0, "is empty; a value was expected");
        parser.HandleNextDocument(writer);
    }
    catch (const YAML::Exception& error)
    {
        fail(text, offset_of(text, error.mark),
             "is no YAML: " + error.msg + "; YAML 1.2 was expected");
    }
    return writer.take();
}

} // namespace penstock::host
