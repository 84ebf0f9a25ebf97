// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "pdf_output.hpp"
#include "program.hpp"
#include "reader_command.hpp"

#include "../packets/texts.hpp"
#include "../reading/trigger.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace document_package
{
namespace
{

namespace json = penstock::json;

constexpr const char* pdf_programs = "poppler-utils"; // the package of them

// What tells title, author and times, whatever reads the text.
constexpr const char* information_program = "pdfinfo";

class pdf final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "PDF files, as they came."};
    penstock::output out{*this, "out",
                         "One packet for each file, or each page that has text, with the fields "
                         "text, title, author, created, modified and pages; what the file does not "
                         "tell is absent."};
    penstock::accepts types{*this, {"application/pdf"}};
    penstock::parameter<bool> per_page{
        *this, "per_page", false,
        "Whether each page is a packet of its own, with meta page and the id ID.PAGE."};
    penstock::parameter<bool> sends_empty{
        *this, "sends_empty", false,
        "Sends a file without any text, one of pictures, with an empty text and without meta page; "
        "otherwise such a file fails."};
    penstock::parameter<std::chrono::milliseconds> time{
        *this, "timeout", std::chrono::seconds(30),
        "How long a program may read one file; then it fails with the reason time limit.",
        penstock::range{1, 3'600'000}};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{256 << 20},
        "How much memory a program may take, and how long its text may be; then the file fails "
        "with the reason memory limit.",
        penstock::range{1 << 20, 1e12}};
    penstock::parameter<json::value> command{
        *this, "command", "pdftotext",
        "The program that reads a file, called as pdftotext is: a text, or a list with arguments "
        "of "
        "its own. Behind them come a file's name, which is its standard input too, and -. It "
        "prints text in UTF-8, a form feed behind each page.",
        penstock::example{"pdftotext"}};

    void check(penstock::problems& found) const override
    {
        for (const std::string& wrong : {problem_of_command(*command, pdf_programs),
                                         problem_of_program(information_program, pdf_programs)})
            if (!wrong.empty())
                found.add(command, wrong);
    }

    void start() override
    {
        reads_text_ = command_of(*command, {"-enc", "UTF-8", "-eol", "unix"}, pdf_programs);
        reads_text_.insert(reads_text_.end(), {input_file, "-"});
        reads_information_ = command_of(information_program,
                                        {"-isodates", "-enc", "UTF-8", input_file}, pdf_programs);
    }

    struct found_in_file
    {
        std::vector<std::string> pages;
        pdf_information information;
        std::string wrong;
    };

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (reading::is_trigger(*packet))
            {
                out.send(std::move(*packet));
                continue;
            }
            const penstock::bytes data = packet->data();
            found_in_file found = penstock::blocking([&] { return read(data.view()); });
            if (found.wrong.empty())
                send(std::move(*packet), std::move(found));
            else
                fail(std::move(*packet), std::move(found.wrong));
        }
    }

    [[nodiscard]] found_in_file read(std::string_view data) const
    {
        const program_limits limits{.time = *time, .memory = static_cast<std::size_t>(*memory)};
        found_in_file found;
        try
        {
            const program_result text = run_program(reads_text_, data, limits);
            if (text.status != 0)
            {
                found.wrong = reason_of(text);
                return found;
            }
            if (text.output.empty()) // a page without text has its form feed
            {
                found.wrong = "the program wrote nothing; the text of each page, and a form feed "
                              "behind it, was expected";
                return found;
            }
            found.pages = pages_of(penstock::to_utf8(text.output, "utf-8"));
            if (!*sends_empty && !has_text(found.pages))
            {
                found.wrong = "has no text; a PDF that holds more than pictures was expected";
                return found;
            }
            const program_result information = run_program(reads_information_, data, limits);
            if (information.status == 0) // another program may read what this one cannot
                found.information = information_of(penstock::to_utf8(information.output, "utf-8"));
        }
        catch (const program_error& error)
        {
            found.wrong = error.what();
        }
        catch (const penstock::charset_error& error)
        {
            found.wrong = std::string("text: ") + error.what();
        }
        catch (const std::system_error& error)
        {
            throw penstock::unavailable(reads_text_.front() + ": cannot be run: " + error.what());
        }
        return found;
    }

    static bool has_text(const std::vector<std::string>& pages)
    {
        return std::ranges::any_of(pages, [](const std::string& page) { return !page.empty(); });
    }

    void send(penstock::packet packet, found_in_file found)
    {
        packet.clear_data();
        packets::set_text(packet, "title", found.information.title);
        packets::set_text(packet, "author", found.information.author);
        packets::set_text(packet, "created", found.information.created);
        packets::set_text(packet, "modified", found.information.modified);
        packet.set("pages", static_cast<std::int64_t>(found.pages.size()));
        if (*per_page && has_text(found.pages))
            return send_pages(std::move(packet), found.pages);
        std::string text;
        for (const std::string& each : found.pages)
            if (!each.empty())
                text.append(text.empty() ? "" : "\n\n").append(each);
        packet.set("text", text);
        out.send(std::move(packet));
    }

    void send_pages(penstock::packet packet, const std::vector<std::string>& pages)
    {
        const std::string id(packet.meta_text("id").value_or(std::string_view()));
        for (std::size_t n = 0; n < pages.size(); ++n)
        {
            if (pages[n].empty())
                continue;
            penstock::packet page = packet.clone();
            page.set("text", pages[n]);
            page.set_meta("page", static_cast<std::int64_t>(n + 1));
            if (!id.empty())
                page.set_meta("id", id + "." + std::to_string(n + 1));
            out.send(std::move(page));
        }
    }

    std::vector<std::string> reads_text_;
    std::vector<std::string> reads_information_;
};

} // namespace

extern constinit const penstock::component_entry pdf_entry = penstock::component_of<pdf>(
    "pdf", penstock::category::adapter,
    "Reads PDF files by a program of poppler-utils, whole or page by page.");

} // namespace document_package
