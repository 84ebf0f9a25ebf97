// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "records.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include <expat.h>

namespace xml_package
{

namespace
{

constexpr std::size_t piece = std::size_t{256} << 10; // that expat is given at once
constexpr XML_Char separator = '\n';                  // which is in no name of a namespace

// What pugixml takes for a node and for an attribute.
constexpr std::size_t node_bytes = 64;
constexpr std::size_t attribute_bytes = 40;

struct release
{
    void operator()(XML_Parser parser) const { ::XML_ParserFree(parser); }
};

} // namespace

// What expat calls. An exception is kept until it has returned, which is C.
class records::parser
{
public:
    parser(std::string_view text, const reading_options& how, bool keeps)
        : text_(text),
          how_(how),
          keeps_(keeps),
          expat_(how.name_of == nullptr ? ::XML_ParserCreate("UTF-8")
                                        : ::XML_ParserCreateNS("UTF-8", separator))
    {
        if (expat_ == nullptr)
            throw std::bad_alloc();
        ::XML_SetUserData(expat_.get(), this);
        ::XML_SetElementHandler(expat_.get(),
                                &called<&parser::start, const XML_Char*, const XML_Char**>,
                                &called<&parser::end, const XML_Char*>);
        ::XML_SetCharacterDataHandler(expat_.get(),
                                      &called<&parser::add_text, const XML_Char*, int>);
        ::XML_SetSkippedEntityHandler(expat_.get(),
                                      &called<&parser::skip_entity, const XML_Char*, int>);
        ::XML_SetEntityDeclHandler(
            expat_.get(), [](void* self, const XML_Char* name, int, const XML_Char*, int,
                             const XML_Char*, const XML_Char*, const XML_Char*, const XML_Char*)
            { called<&parser::refuse_entity, const XML_Char*>(self, name); });
    }

    // Whether a record has ended; else the document has.
    bool next()
    {
        found_ = false;
        for (;;)
        {
            XML_Status status{};
            if (is_suspended_)
                status = ::XML_ResumeParser(expat_.get());
            else if (is_over_)
                return false;
            else
                status = parse_piece();
            is_suspended_ = status == XML_STATUS_SUSPENDED;
            if (wrong_)
                std::rethrow_exception(std::exchange(wrong_, nullptr));
            if (status == XML_STATUS_ERROR)
                refuse_as_expat();
            if (found_)
                return true;
            is_over_ = fed_ == text_.size();
        }
    }

    pugi::xml_node element() const { return record_.first_child(); }
    std::string_view text() const { return text_.substr(begin_, end_ - begin_); }
    const std::vector<std::string>& path() const { return path_; }
    std::string place() const { return place_of(line_, column_); }
    std::size_t count() const { return count_; }

private:
    template <auto Function, class... Arguments>
    static void called(void* self, Arguments... arguments)
    {
        auto& me = *static_cast<parser*>(self);
        if (me.wrong_)
            return;
        try
        {
            (me.*Function)(arguments...);
        }
        catch (...)
        {
            me.wrong_ = std::current_exception();
            ::XML_StopParser(me.expat_.get(), XML_FALSE);
        }
    }

    static std::string place_of(std::size_t line, std::size_t column)
    {
        return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": ";
    }

    [[nodiscard]] std::string place_here() const
    {
        return place_of(::XML_GetCurrentLineNumber(expat_.get()),
                        ::XML_GetCurrentColumnNumber(expat_.get()) + 1);
    }

    // The next piece is as long as what expat could make nothing of yet: it looks at that again.
    XML_Status parse_piece()
    {
        const auto seen = ::XML_GetCurrentByteIndex(expat_.get());
        const std::size_t left =
            seen < 0 ? 0 : fed_ - std::min(fed_, static_cast<std::size_t>(seen));
        const std::string_view next = text_.substr(fed_, std::max(piece, left));
        fed_ += next.size();
        return ::XML_Parse(expat_.get(), next.data(), static_cast<int>(next.size()),
                           fed_ == text_.size() ? XML_TRUE : XML_FALSE);
    }

    [[noreturn]] void refuse_as_expat() const
    {
        const XML_Error code = ::XML_GetErrorCode(expat_.get());
        if (code == XML_ERROR_NO_MEMORY)
            throw std::bad_alloc();
        throw xml_error(place_here() + ::XML_ErrorString(code) + "; XML was expected");
    }

    void refuse_entity(const XML_Char* name)
    {
        throw xml_error(place_here() + "declares the entity " + name +
                        "; a document without entities of its own was expected");
    }

    [[nodiscard]] std::string name_of(std::string_view name) const
    {
        if (how_.name_of == nullptr)
            return std::string(name);
        const std::size_t end = name.rfind(separator);
        return end == std::string_view::npos
                   ? how_.name_of({}, name)
                   : how_.name_of(name.substr(0, end), name.substr(end + 1));
    }

    void start(const XML_Char* name, const XML_Char** attributes)
    {
        if (path_.size() > depth_) // behind a record, whose path was to be asked for
            path_.pop_back();
        if (depth_ == how_.bounds.depth)
            throw xml_error(place_here() + "elements are nested deeper than " +
                            std::to_string(how_.bounds.depth) + "; fewer were expected");
        ++depth_;
        if (!is_in_record_)
            path_.push_back(name_of(name));
        if (!is_in_record_ && how_.is_record(path_))
            begin_record();
        if (!is_in_record_)
            return;
        end_text();
        charge(node_bytes + std::char_traits<char>::length(name));
        if (keeps_)
        {
            node_ = node_.append_child(name_of(name).c_str());
            check_made(!node_.empty());
        }
        // Those behind them are of a document type.
        const int specified = ::XML_GetSpecifiedAttributeCount(expat_.get());
        for (int n = 0; n < specified; n += 2)
            add_attribute(attributes[n], attributes[n + 1]);
    }

    void begin_record()
    {
        if (count_ == how_.bounds.records)
            throw xml_error(place_here() + "more records than a document may have; at most " +
                            std::to_string(how_.bounds.records) + " were expected");
        ++count_;
        is_in_record_ = true;
        used_ = 0;
        begin_ = static_cast<std::size_t>(::XML_GetCurrentByteIndex(expat_.get()));
        line_ = ::XML_GetCurrentLineNumber(expat_.get());
        column_ = ::XML_GetCurrentColumnNumber(expat_.get()) + 1;
        if (keeps_)
            record_.reset();
        node_ = record_;
    }

    void add_attribute(const XML_Char* name, const XML_Char* value)
    {
        charge(attribute_bytes + std::char_traits<char>::length(name) +
               std::char_traits<char>::length(value));
        if (!keeps_)
            return;
        pugi::xml_attribute made = node_.append_attribute(name_of(name).c_str());
        check_made(!made.empty() && made.set_value(value));
    }

    void end(const XML_Char*)
    {
        if (path_.size() > depth_)
            path_.pop_back();
        --depth_;
        if (!is_in_record_)
            return path_.pop_back();
        end_text();
        if (path_.size() <= depth_) // an element within the record
        {
            if (keeps_)
                node_ = node_.parent();
            return;
        }
        is_in_record_ = false;
        end_ = static_cast<std::size_t>(::XML_GetCurrentByteIndex(expat_.get())) +
               static_cast<std::size_t>(::XML_GetCurrentByteCount(expat_.get()));
        found_ = keeps_;
        if (keeps_)
            ::XML_StopParser(expat_.get(), XML_TRUE);
    }

    void add_text(const XML_Char* text, int size)
    {
        if (!is_in_record_)
            return;
        charge(static_cast<std::size_t>(size) + (has_text_ ? 0 : node_bytes));
        has_text_ = true;
        if (keeps_)
            pending_.append(text, static_cast<std::size_t>(size));
    }

    void skip_entity(const XML_Char* name, int is_parameter)
    {
        if (is_parameter != 0)
            return;
        const std::string text = "&" + std::string(name) + ";";
        add_text(text.data(), static_cast<int>(text.size()));
    }

    // Text comes in parts, which are one node.
    void end_text()
    {
        has_text_ = false;
        if (pending_.empty())
            return;
        pugi::xml_node made = node_.append_child(pugi::node_pcdata);
        check_made(!made.empty() && made.set_value(pending_.c_str()));
        pending_.clear();
    }

    static void check_made(bool is_made)
    {
        if (!is_made)
            throw std::bad_alloc();
    }

    void charge(std::size_t bytes)
    {
        used_ += bytes;
        if (used_ > how_.bounds.memory)
            throw xml_error(place() + "a record takes more memory than " +
                            std::to_string(how_.bounds.memory) +
                            " bytes; a smaller one was expected");
    }

    const std::string_view text_;
    const reading_options& how_;
    const bool keeps_;
    const std::unique_ptr<XML_ParserStruct, release> expat_;
    std::size_t fed_ = 0;
    bool is_suspended_ = false;
    bool is_over_ = false;
    std::exception_ptr wrong_;

    // Down to the record; behind it, it keeps its name until the next tag.
    std::vector<std::string> path_;
    std::size_t depth_ = 0; // of the elements that are open
    std::size_t count_ = 0; // of records

    // The record at hand.
    bool is_in_record_ = false;
    bool found_ = false;
    std::size_t used_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t line_ = 0;
    std::size_t column_ = 0;
    std::string pending_; // text
    bool has_text_ = false;
    pugi::xml_document record_;
    pugi::xml_node node_;
};

records::records(std::string_view text, const reading_options& how)
    : parser_(std::make_unique<parser>(text, how, true))
{
}

records::~records() = default;

std::size_t records::count(std::string_view text, const reading_options& how)
{
    parser all(text, how, false);
    (void)all.next();
    return all.count();
}

bool records::next()
{
    return parser_->next();
}

pugi::xml_node records::element() const
{
    return parser_->element();
}

std::string_view records::text() const
{
    return parser_->text();
}

const std::vector<std::string>& records::path() const
{
    return parser_->path();
}

std::string records::place() const
{
    return parser_->place();
}

} // namespace xml_package
