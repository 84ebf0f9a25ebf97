// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "archive_name.hpp"
#include "components.hpp"
#include "members.hpp"

#include "../reading/media_type_of_name.hpp"
#include "../reading/trigger.hpp"

#include <penstock/sdk.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace archive_package
{
namespace
{

namespace json = penstock::json;

constexpr const char* type_of_tars = "application/x-tar";

class unpack final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Archives, as they came."};
    penstock::output out{
        *this, "out",
        "One packet for each file, with path (a.zip!/b), filename, "
        "mimetype (by its name) and size in meta. Folders and links are left out."};
    penstock::accepts types{*this,
                            {"application/zip", "application/x-zip-compressed", type_of_tars,
                             "application/gzip", "application/x-gzip", "application/zstd",
                             "application/x-7z-compressed"}};
    penstock::parameter<penstock::byte_count> bytes{
        *this, "bytes", penstock::byte_count{1 << 30},
        "How much all files of an archive may be, unpacked."};
    penstock::parameter<penstock::byte_count> member_bytes{*this, "member_bytes",
                                                           penstock::byte_count{64 << 20},
                                                           "How much one file may be, unpacked."};
    penstock::parameter<std::uint32_t> count{*this, "members", 10'000,
                                             "How many members an archive may have.",
                                             penstock::range{1, 10'000'000}};
    penstock::parameter<std::uint32_t> ratio{
        *this, "ratio", 100,
        "How many times larger than the archive its files may be; 1 MiB is always allowed.",
        penstock::range{1, 100'000}};
    penstock::parameter<penstock::byte_count> window{
        *this, "window", penstock::byte_count{128 << 20},
        "How far back a file, or a tar, that is compressed by zstd as a whole may look, which is "
        "the "
        "memory that it takes.",
        penstock::range{1 << 10, std::int64_t{1} << 31}};
    penstock::parameter<std::uint32_t> depth{
        *this, "depth", 4,
        "How deep archives may be in archives. Those are unpacked too, known by the end of their "
        "names: zip, tar, gz, tgz, zst, 7z.",
        penstock::range{1, 16}};

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (reading::is_trigger(*packet))
                out.send(std::move(*packet));
            else
                unpack_body(std::move(*packet));
        }
    }

    void unpack_body(penstock::packet packet)
    {
        const penstock::bytes data = packet.data();
        quota so_far({.bytes = static_cast<std::size_t>(*bytes),
                      .member = static_cast<std::size_t>(*member_bytes),
                      .members = *count,
                      .ratio = *ratio,
                      .window = static_cast<std::size_t>(*window)},
                     data.size());
        std::string path(packet.meta_text("path").value_or(""));
        if (path.empty())
            path = packet.meta_text("filename").value_or("");
        std::string wrong;
        std::size_t sent = 0;
        try
        {
            sent =
                unpack_archive(packet,
                               {data.view(), path, std::string(packet.meta_text("id").value_or("")),
                                packet.meta_text("mimetype") == type_of_tars},
                               so_far, 1);
        }
        catch (const archive_error& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
            fail(std::move(packet), std::move(wrong));
        else if (sent == 0)
            drop(std::move(packet));
    }

    struct place
    {
        std::string_view data;
        std::string path;
        std::string id;
        bool is_told_tar = false; // by the client

        [[nodiscard]] place within(const member& file) const
        {
            const auto join = [&](const std::string& outer)
            { return outer.empty() ? file.path : outer + "!/" + file.path; };
            return {file.data, join(path), id.empty() ? std::string() : join(id)};
        }
    };

    // Returns how many files were found. An archive in it that is broken fails alone.
    std::size_t unpack_archive(const penstock::packet& packet, const place& from, quota& so_far,
                               std::uint32_t level)
    {
        if (level > *depth)
            throw archive_error("is deeper than " + std::to_string(*depth) +
                                "; an archive of simpler structure was expected");
        if (from.data.empty())
            throw archive_error("is empty; an archive was expected");
        std::optional<members> files;
        penstock::blocking([&] { files.emplace(from.data, from.path, from.is_told_tar, so_far); });
        std::size_t found = 0;
        while (std::optional<member> file = penstock::blocking([&] { return files->next(); }))
        {
            const place where = from.within(*file);
            if (file->wrong.empty() && names_archive(file->path))
            {
                try
                {
                    found += unpack_archive(packet, where, so_far, level + 1);
                    continue;
                }
                catch (const archive_limit&)
                {
                    throw;
                }
                catch (const archive_error& error)
                {
                    file->wrong = error.what();
                }
            }
            send(packet, where, std::move(*file));
            ++found;
        }
        return found;
    }

    void send(const penstock::packet& packet, const place& where, member&& file)
    {
        penstock::packet made = packet.derive();
        const std::string_view filename =
            std::string_view(file.path).substr(file.path.rfind('/') + 1);
        made.set_meta("path", where.path);
        made.set_meta("filename", filename);
        made.set_meta("mimetype", ::reading::media_type_of_name(filename));
        made.set_meta("size", static_cast<std::int64_t>(file.data.size()));
        if (!where.id.empty())
            made.set_meta("id", where.id);
        for (const std::string_view of_the_archive : {"charset", "contentlength"})
            made.erase_meta(of_the_archive);
        made.set_data(penstock::bytes(std::move(file.data)));
        if (!file.wrong.empty())
            return fail(std::move(made), where.path + ": " + file.wrong);
        out.send(std::move(made));
    }
};

} // namespace

extern constinit const penstock::component_entry unpack_entry = penstock::component_of<unpack>(
    "unpack", penstock::category::adapter,
    "Unpacks archives: zip, tar and 7z, and files that gzip or zstd compressed.");

} // namespace archive_package
