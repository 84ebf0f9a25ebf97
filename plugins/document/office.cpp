// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "office_file.hpp"
#include "xml.hpp"

#include "../packets/texts.hpp"
#include "../reading/trigger.hpp"

#include <penstock/detail/value_builder.hpp>
#include <penstock/sdk.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace document_package
{
namespace
{

namespace json = penstock::json;

// So many cells are read at a time.
constexpr std::size_t cells_at_a_time = 20'000;

class office final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Documents, as they came."};
    penstock::output out{
        *this, "out",
        "One packet for each document, or each row of its sheets, with the fields text, title, "
        "author, subject, keywords, description, created, modified and pages; what the document "
        "does not tell is absent, but for text. A book may have several values of author."};
    penstock::accepts types{
        *this,
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         "application/vnd.openxmlformats-officedocument.presentationml.presentation",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         "application/vnd.oasis.opendocument.text",
         "application/vnd.oasis.opendocument.spreadsheet",
         "application/vnd.oasis.opendocument.presentation", "application/epub+zip"}};
    penstock::parameter<bool> rows{
        *this, "rows", false,
        "Whether each row of a workbook is a packet of its own, with its cells as fields, the "
        "field "
        "sheet, meta sheet and row, and the id ID.N; its text has a tab between cells."};
    penstock::parameter<bool> has_header{*this, "header", true,
                                         "With rows: whether the first row of a sheet names the "
                                         "fields of the others. Columns without "
                                         "a name are column1, column2 and so on."};
    penstock::parameter<penstock::byte_count> bytes{
        *this, "bytes", penstock::byte_count{32 << 20},
        "How much the files in a document that may have text may be, unpacked, all together."};
    penstock::parameter<penstock::byte_count> text_bytes{
        *this, "text_bytes", penstock::byte_count{32 << 20},
        "How much text a document may have, or all its cells."};
    penstock::parameter<std::uint32_t> count{*this, "members", 10'000,
                                             "How many files a document may have in it.",
                                             penstock::range{1, 10'000'000}};
    penstock::parameter<std::uint32_t> ratio{
        *this, "ratio", 100,
        "How many times larger than the document those files may be; 1 MiB is always allowed.",
        penstock::range{1, 100'000}};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{96 << 20},
        "How much memory the elements of one of those files may take."};

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (reading::is_trigger(*packet))
            {
                out.send(std::move(*packet));
                continue;
            }
            std::string wrong;
            try
            {
                read(*packet);
            }
            catch (const document_error& error)
            {
                wrong = error.what();
            }
            if (!wrong.empty())
                fail(std::move(*packet), std::move(wrong));
        }
    }

    [[nodiscard]] office_limits limits() const
    {
        return {.unpacked = {.bytes = static_cast<std::size_t>(*bytes),
                             .member = static_cast<std::size_t>(*bytes),
                             .members = *count,
                             .ratio = *ratio},
                .memory = static_cast<std::size_t>(*memory),
                .text = static_cast<std::size_t>(*text_bytes)};
    }

    void read(penstock::packet& packet)
    {
        const penstock::bytes data = packet.data();
        if (data.empty())
            throw document_error("is empty; a document was expected");
        std::unique_ptr<office_file> file;
        std::unique_ptr<sheets> all;
        std::string text;
        penstock::blocking(
            [&]
            {
                file = std::make_unique<office_file>(data.view(), limits());
                if (*rows)
                    all = file->open_sheets();
                if (all == nullptr)
                    text = file->text();
            });
        if (all != nullptr)
            return send_rows(packet, *file, *all);
        packet.clear_data();
        set_properties(packet, file->properties());
        packet.set("text", text);
        out.send(std::move(packet));
    }

    static void set_properties(penstock::packet& packet, const office_properties& found)
    {
        packets::set_text(packet, "title", found.title);
        packets::set_one_or_more(packet, "author", found.authors);
        packets::set_text(packet, "subject", found.subject);
        packets::set_text(packet, "keywords", found.keywords);
        packets::set_text(packet, "description", found.description);
        packets::set_text(packet, "created", found.created);
        packets::set_text(packet, "modified", found.modified);
        if (found.pages)
            packet.set("pages", *found.pages);
    }

    // Some rows of a sheet.
    struct batch
    {
        std::string sheet;
        std::vector<sheet_row> rows;
        bool is_last = false;
    };

    static batch next_batch(sheets& all)
    {
        batch made;
        made.sheet = all.name();
        std::size_t cells = 0;
        for (sheet_row row; cells < cells_at_a_time;)
        {
            if (!all.next_row(row))
            {
                made.is_last = true;
                break;
            }
            cells += row.cells.size();
            made.rows.push_back(std::move(row));
        }
        return made;
    }

    void send_rows(penstock::packet& packet, const office_file& file, sheets& all)
    {
        const std::string id(packet.meta_text("id").value_or(std::string_view()));
        std::size_t number = 0;
        while (penstock::blocking([&] { return all.next_sheet(); }))
        {
            std::vector<std::string> names;
            bool is_header = *has_header;
            for (bool is_last = false; !is_last;)
            {
                batch some = penstock::blocking([&] { return next_batch(all); });
                is_last = some.is_last;
                for (sheet_row& row : some.rows)
                {
                    if (std::exchange(is_header, false))
                    {
                        for (const json::value& each : row.cells)
                            names.push_back(cell_text(each));
                        continue;
                    }
                    penstock::packet made = packet.derive();
                    set_properties(made, file.properties());
                    ++number;
                    if (!id.empty())
                        made.set_meta("id", id + "." + std::to_string(number));
                    send_row(std::move(made), some.sheet, std::move(row), names);
                }
            }
        }
        if (number == 0)
            drop(std::move(packet));
    }

    void send_row(penstock::packet packet, const std::string& sheet, sheet_row row,
                  const std::vector<std::string>& names)
    {
        for (const std::string_view of_the_document : {"charset", "contentlength"})
            packet.erase_meta(of_the_document);
        packet.set_meta("sheet", sheet);
        packet.set_meta("row", static_cast<std::int64_t>(row.number));
        packet.set("sheet", sheet);
        std::string text;
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            text.append(i == 0 ? "" : "\t").append(cell_text(row.cells[i]));
        packet.set("text", text);
        if (row.cells.size() > penstock::detail::wide_object)
        {
            std::optional<json::object> fields = wide_fields_of(row, names);
            if (!fields)
                return fail(std::move(packet),
                            sheet + ": row " + std::to_string(row.number) +
                                ": too many names of columns with equal hashes; expected such as "
                                "differ");
            for (const auto& [name, value] : packet.fields())
                fields->emplace(name, value); // a column goes before
            packet.set_fields(std::move(*fields));
        }
        else
            set_cells(packet, row, names);
        out.send(std::move(packet));
    }

    static std::string name_of(std::size_t column, const std::vector<std::string>& names)
    {
        return column < names.size() && !names[column].empty()
                   ? names[column]
                   : "column" + std::to_string(column + 1);
    }

    static void set_cells(penstock::packet& packet, sheet_row& row,
                          const std::vector<std::string>& names)
    {
        std::set<std::string, std::less<>> columns;
        for (std::size_t i = 0; i < row.cells.size(); ++i)
        {
            if (row.cells[i].is_null())
                continue;
            const std::string name = name_of(i, names);
            if (columns.insert(name).second)
                packet.set(name, std::move(row.cells[i]));
            else
                packet.append(name, std::move(row.cells[i]));
        }
    }

    // None if many names have equal hashes, of which a file may have as many as it likes.
    static std::optional<json::object> wide_fields_of(const sheet_row& row,
                                                      const std::vector<std::string>& names)
    {
        std::map<std::string, std::vector<std::size_t>> columns;
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (!row.cells[i].is_null())
                columns[name_of(i, names)].push_back(i);
        penstock::detail::value_builder builder(penstock::json_options::unbounded, true);
        for (const auto& [name, cells] : columns)
        {
            builder.key(name);
            for (const std::size_t each : cells)
                add(builder, row.cells[each]);
            if (cells.size() > 1)
                builder.array(cells.size());
        }
        if (!builder.object(columns.size()))
            return std::nullopt;
        return std::move(builder.release().get_object());
    }

    static void add(penstock::detail::value_builder& to, const json::value& cell)
    {
        if (cell.is_string())
            to.string(cell.get_string());
        else if (cell.is_bool())
            to.boolean(cell.get_bool());
        else if (cell.is_int64())
            to.int64(cell.get_int64());
        else if (cell.is_uint64())
            to.uint64(cell.get_uint64());
        else
            to.number(cell.to_number<double>());
    }
};

} // namespace

extern constinit const penstock::component_entry office_entry = penstock::component_of<office>(
    "office", penstock::category::adapter,
    "Reads office documents and books: docx, pptx, xlsx, odt, ods, odp and epub.");

} // namespace document_package
