// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "program.hpp"
#include "reader_command.hpp"

#include "../reading/trigger.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
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

constexpr const char* word_programs = "antiword"; // the package of it

// What a program wrote, without the empty lines around it.
std::string trimmed(std::string_view written)
{
    const std::size_t begin = std::min(written.find_first_not_of("\n\f"), written.size());
    written.remove_prefix(begin);
    while (written.ends_with('\n') || written.ends_with('\f'))
        written.remove_suffix(1);
    return std::string(written);
}

// Why a program did not exit with 0, from what it wrote.
std::string why_unread(const program_result& result)
{
    if (result.errors.find("ncrypted") != std::string::npos)
        return "is encrypted; a document that needs no password was expected";
    std::string why = result.errors.substr(0, result.errors.find('\n'));
    std::ranges::replace_if(
        why, [](char c) { return c < ' ' || c > '~'; }, '?');
    if (why.empty())
        why = "exit status " + std::to_string(result.status);
    return "cannot be read: " + why + "; a whole document of Word, of before 2007, was expected";
}

class word final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Documents, as they came."};
    penstock::output out{*this, "out",
                         "One packet for each document, with its text in the field text: a line a "
                         "paragraph, and cells of tables between bars."};
    penstock::accepts types{*this, {"application/msword"}};
    penstock::parameter<std::chrono::milliseconds> time{
        *this, "timeout", std::chrono::seconds(30),
        "How long the program may read one document; then it fails with the reason time limit.",
        penstock::range{1, 3'600'000}};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{256 << 20},
        "How much memory the program may take, and how long the text may be; then the document "
        "fails with the reason memory limit.",
        penstock::range{1 << 20, 1e12}};
    penstock::parameter<json::value> command{
        *this, "command", "antiword",
        "The program that reads a document: a text, then it is called as antiword is, or a list "
        "with arguments of its own, as catdoc, -w, -d, utf-8. Behind them comes the name of the "
        "document, which is its standard input too. It prints text in UTF-8.",
        penstock::example{"antiword"}};

    void check(penstock::problems& found) const override
    {
        if (const std::string wrong = problem_of_command(*command, word_programs); !wrong.empty())
            found.add(command, wrong);
    }

    void start() override
    {
        command_ = command_of(*command, {"-m", "UTF-8.txt", "-w", "0"}, word_programs);
        command_.emplace_back(input_file);
    }

    struct found_in_file
    {
        std::string text;
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
            if (!found.wrong.empty())
            {
                fail(std::move(*packet), std::move(found.wrong));
                continue;
            }
            packet->clear_data();
            packet->set("text", found.text);
            out.send(std::move(*packet));
        }
    }

    [[nodiscard]] found_in_file read(std::string_view data) const
    {
        const program_limits limits{.time = *time, .memory = static_cast<std::size_t>(*memory)};
        found_in_file found;
        try
        {
            const program_result result = run_program(command_, data, limits);
            if (result.status != 0)
                found.wrong = why_unread(result);
            else
                found.text = trimmed(penstock::to_utf8(result.output, "utf-8"));
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
            throw penstock::unavailable(command_.front() + ": cannot be run: " + error.what());
        }
        return found;
    }

    std::vector<std::string> command_;
};

} // namespace

extern constinit const penstock::component_entry word_entry = penstock::component_of<word>(
    "word", penstock::category::adapter,
    "Reads documents of Word of before 2007, .doc, by the program antiword.");

} // namespace document_package
