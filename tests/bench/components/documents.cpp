// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"

#include "tests/plugins/archive/made_archive.hpp"
#include "tests/plugins/document/sample_office.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <magic.h>
#include <pugixml.hpp>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::bench
{
namespace
{

comparison document_detect()
{
    const std::vector<std::string> files = documentation("", 8 << 20);
    const auto bare = [](const std::vector<packet>& given)
    {
        constexpr std::size_t longest_look = 256 << 10; // as the component's
        const std::unique_ptr<magic_set, void (*)(magic_set*)> cookie(
            magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF),
            magic_close);
        magic_load(cookie.get(), nullptr);
        std::size_t told = 0;
        for (const packet& each : given)
        {
            const bytes data = each.data();
            told += magic_buffer(cookie.get(), data.view().data(),
                                 std::min(data.size(), longest_look)) != nullptr;
        }
        return told;
    };
    return {.name = "document/detect",
            .packets = [files] { return bodies(files, "application/octet-stream"); },
            .bare = bare};
}

using archive_reader = std::unique_ptr<::archive, int (*)(::archive*)>;

archive_reader open_archive(std::string_view whole)
{
    archive_reader reader(archive_read_new(), archive_read_free);
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_format_zip(reader.get());
    archive_read_support_format_tar(reader.get());
    if (archive_read_open_memory(reader.get(), whole.data(), whole.size()) != ARCHIVE_OK)
        throw std::runtime_error(archive_error_string(reader.get()));
    return reader;
}

std::string read_member(::archive* reader)
{
    std::string data;
    std::array<char, 65536> part;
    for (la_ssize_t size = archive_read_data(reader, part.data(), part.size()); size > 0;
         size = archive_read_data(reader, part.data(), part.size()))
        data.append(part.data(), static_cast<std::size_t>(size));
    return data;
}

comparison archive_unpack()
{
    std::vector<archived_file> files;
    for (std::string& each : documentation("copyright", 8 << 20))
        files.emplace_back("f" + std::to_string(files.size()), std::move(each));
    const std::string whole =
        archive_of({archive_write_set_format_pax_restricted, archive_write_add_filter_gzip}, files);
    const auto bare = [](const std::vector<packet>& given)
    {
        const bytes body = given.front().data();
        const archive_reader reader = open_archive(body.view());
        std::vector<std::string> members;
        ::archive_entry* entry = nullptr;
        while (archive_read_next_header(reader.get(), &entry) == ARCHIVE_OK)
            members.push_back(read_member(reader.get()));
        return members.size();
    };
    return {.name = "archive/unpack",
            .packets = [whole] { return bodies({whole}, "application/gzip"); },
            .bare = bare};
}

struct paragraphs final : pugi::xml_tree_walker
{
    std::string text;

    bool for_each(pugi::xml_node& node) override
    {
        if (std::string_view(node.name()) == "w:p" && !text.empty())
            text += "\n\n";
        text += node.value();
        return true;
    }
};

comparison document_office()
{
    std::vector<std::string> files;
    for (std::size_t n = 0; n < 10; ++n)
    {
        std::string body;
        for (std::size_t each = 0; each < 2'000; ++each)
            body += sample_office::paragraph(words(30, n * 2'000 + each));
        files.push_back(sample_office::docx(body));
    }
    const auto bare = [](const std::vector<packet>& given)
    {
        std::vector<std::string> texts;
        for (const packet& each : given)
        {
            const bytes data = each.data();
            const archive_reader reader = open_archive(data.view());
            ::archive_entry* entry = nullptr;
            while (archive_read_next_header(reader.get(), &entry) == ARCHIVE_OK)
            {
                if (std::string_view(archive_entry_pathname(entry)) != "word/document.xml")
                    continue;
                std::string text = read_member(reader.get());
                pugi::xml_document document;
                document.load_buffer_inplace(text.data(), text.size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata);
                paragraphs found;
                document.traverse(found);
                texts.push_back(std::move(found.text));
            }
        }
        return texts.size();
    };
    constexpr std::string_view docx =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    return {.name = "document/office",
            .packets = [files] { return bodies(files, docx); },
            .bare = bare};
}

std::string output_of(std::vector<const char*> command)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe could be made");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    command.push_back(nullptr);
    pid_t child = -1;
    const int error = ::posix_spawnp(&child, command.front(), &actions, nullptr,
                                     const_cast<char**>(command.data()), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    std::string output;
    std::array<char, 65536> part;
    for (ssize_t size = ::read(ends[0], part.data(), part.size()); error == 0 && size > 0;
         size = ::read(ends[0], part.data(), part.size()))
        output.append(part.data(), static_cast<std::size_t>(size));
    ::close(ends[0]);
    if (error != 0)
        throw std::runtime_error(std::string(command.front()) + ": cannot be run");
    ::waitpid(child, nullptr, 0);
    return output;
}

comparison document_pdf()
{
    const std::vector<std::string> files = documentation(".pdf", 1 << 20);
    const auto bare = [](const std::vector<packet>& given)
    {
        std::size_t read = 0;
        for (const packet& each : given)
        {
            std::ofstream("bare.pdf", std::ios::binary) << each.data().view();
            const std::string text =
                output_of({"pdftotext", "-enc", "UTF-8", "-eol", "unix", "bare.pdf", "-"});
            const std::string information =
                output_of({"pdfinfo", "-isodates", "-enc", "UTF-8", "bare.pdf"});
            read += !text.empty() && !information.empty();
        }
        return read;
    };
    return {.name = "document/pdf",
            .packets = [files] { return bodies(files, "application/pdf"); },
            .bare = bare};
}

} // namespace

void add_documents(std::vector<comparison>& to)
{
    add(to, document_detect);
    add(to, document_office);
    add(to, document_pdf);
    add(to, archive_unpack);
}

} // namespace penstock::bench
