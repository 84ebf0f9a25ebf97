// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/bytes.hpp>
#include <penstock/export.hpp>
#include <penstock/json.hpp>
#include <penstock/json_text.hpp>

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace penstock
{

class output;

namespace detail
{
class lineage;
class runtime;
struct packet_access;
struct packet_body;
} // namespace detail

/// The name of a packet: 128 bits that are equal on every replay of the same request. A value type.
struct packet_id
{
    std::uint64_t high = 0; ///< the upper 64 bits
    std::uint64_t low = 0;  ///< the lower 64 bits

    /// 32 lower-case hexadecimal digits.
    [[nodiscard]] PENSTOCK_EXPORT std::string text() const;

    /// Orders ids by number.
    friend auto operator<=>(const packet_id&, const packet_id&) = default;
};

/// The error of a field that is missing or not of the type a component asked for.
class PENSTOCK_EXPORT field_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A text that Boost.JSON 1.81 does not turn into a value by itself: std::string, std::string_view.
template <class T>
concept text_like =
    std::is_convertible_v<const T&, std::string_view> && !std::is_convertible_v<T, json::value>;

/// Whether an operation keeps the meta that belongs to a field or to a packet.
enum class keep_meta : bool
{
    no = false, ///< it is dropped
    yes = true  ///< it is kept
};

/// One unit of data on its way through a graph: fields, meta at two levels, an optional raw body.
///
/// A packet is a move-only handle to a counted body that is copied on the first write after it
/// was shared, so a fan-out costs a pointer and a linear chain never copies. It belongs to one
/// lane: use and release it only on the lane that received it. A moved-from packet may only be
/// assigned to or destroyed; verbs, derive(), clone() and join() throw std::logic_error for one.
///
/// Every packet has exactly one end, said by a verb: output::send(), or deliver(), drop(), fail()
/// or retry() of its component. A packet from which others were derived, since it last joined one,
/// may be destroyed: they stand for it. Any other that is destroyed without a verb fails.
///
/// A field holds one value, or, if it is multi-valued, a list of values. That mark is kept apart
/// from the meta and sticks: a multi-valued field stays one with a single value left. A list set
/// as *one* value is not multi-valued.
///
/// No call suspends. References and views that it returns belong to the packet, and are valid until
/// it is changed, moved or released. Apart from what a call says, only memory that runs out throws.
/// [the packet's lane]
class PENSTOCK_EXPORT packet
{
public:
    /// Makes a bare packet, for sources and tests; elsewhere packets are made by derive().
    packet();
    /// Takes the content over; `other` is moved from.
    packet(packet&& other) noexcept;
    /// Releases what it held, then takes the content over; `other` is moved from.
    packet& operator=(packet&& other) noexcept;
    /// Releases the content. A packet without a verb and without children fails.
    ~packet();

    /// Makes a packet from fields, where a list makes a multi-valued field.
    explicit packet(json::object fields);

    /// The id; all zero for a bare packet.
    [[nodiscard]] packet_id id() const noexcept;

    // Making packets from packets

    /// Makes a child: no fields, no data, this packet's meta, a share in its receipts, and an id
    /// that follows from this packet's id, the node, and the ordinal of the child.
    [[nodiscard]] packet derive() const;

    /// Makes a child with all content of this packet; with keep_meta::no without both metas.
    [[nodiscard]] packet clone(keep_meta meta = keep_meta::yes) const;

    /// Consumes another packet: its receipts join those of this one, which stands for both from now
    /// on, whatever was derived from it before; its content is let go. If one of them went through
    /// an `error` port, this one did. Throws std::logic_error for itself.
    void join(packet&& other);

    // Fields

    /// Whether there is such a field.
    [[nodiscard]] bool has(std::string_view field) const noexcept;

    /// Returns the value, or the list of values of a multi-valued field; null when absent.
    /// Valid until this packet is changed, moved or released.
    [[nodiscard]] const json::value* find(std::string_view field) const;

    /// Returns the value that is a text; nothing when absent, multi-valued or no text. Valid as for
    /// find(), which is dearer for one look: no value is made, unless the text has escapes.
    [[nodiscard]] std::optional<std::string_view> find_text(std::string_view field) const;

    /// Returns what find() points at, or `fallback` when the field is absent.
    [[nodiscard]] json::value get(std::string_view field, json::value fallback = nullptr) const;

    /// Returns the text of a string field. Throws field_error when it is absent or no string.
    [[nodiscard]] std::string text(std::string_view field) const;

    /// Returns the text of a string field, or `fallback` when it is absent or no string.
    [[nodiscard]] std::string text(std::string_view field, std::string_view fallback) const;

    /// Replaces the field by one value; a list stays one value. Ends being multi-valued.
    void set(std::string_view field, json::value value, keep_meta meta = keep_meta::yes);

    /// Replaces the field by a list of values, and makes it multi-valued.
    void set_values(std::string_view field, json::array values, keep_meta meta = keep_meta::yes);

    /// Sets the field unless it exists; returns whether it did.
    bool add(std::string_view field, json::value value);

    /// Adds one value; the second makes the field multi-valued. Sets the field when it is absent.
    void append(std::string_view field, json::value value);

    /// Adds each of the values as append() does.
    void extend(std::string_view field, json::array values);

    /// Deletes the field and its meta; returns whether it was there.
    bool erase(std::string_view field);

    /// Removes one value, from the end if `index` is negative, and the field with its last value;
    /// returns whether there was such a value. A single value has index 0.
    bool remove(std::string_view field, std::ptrdiff_t index = 0);

    /// Replaces one value, counted as in remove(); returns whether there was such a value.
    bool replace(std::string_view field, json::value value, std::ptrdiff_t index = 0);

    /// The same for texts.
    void set(std::string_view field, const text_like auto& text, keep_meta meta = keep_meta::yes)
    {
        set(field, json::value(std::string_view(text)), meta);
    }
    /// The same as add() of a value.
    bool add(std::string_view field, const text_like auto& text)
    {
        return add(field, json::value(std::string_view(text)));
    }
    /// The same as append() of a value.
    void append(std::string_view field, const text_like auto& text)
    {
        append(field, json::value(std::string_view(text)));
    }

    /// Whether the field is multi-valued; false when absent.
    [[nodiscard]] bool is_multivalued(std::string_view field) const noexcept;

    /// Returns the values of a field as a list, whether it has one or many; empty when absent.
    [[nodiscard]] json::array values(std::string_view field) const;

    /// Returns the names in order of the alphabet.
    [[nodiscard]] std::vector<std::string> names() const;

    /// Returns all fields, each a value or, if multi-valued, a list. Valid as for find().
    [[nodiscard]] const json::object& fields() const;

    /// The number of fields.
    [[nodiscard]] std::size_t field_count() const noexcept;

    /// Appends all fields to `out` as one JSON object, as write_json() does with those of fields().
    /// But a value of a JSON text that nobody has changed is written as it came, without spaces
    /// between its tokens: a number keeps all its digits. Throws std::invalid_argument for a number
    /// that is not finite; `out` is then as it was.
    void write_fields(std::string& out) const;

    /// Replaces all fields, where a list makes a multi-valued field; deletes all field meta.
    void set_fields(json::object fields);

    /// Does the same with the members of an object that is JSON. They stay text: a value is made of
    /// one when somebody asks for it, with integers beyond 64 bits as texts, and write_fields()
    /// copies the others. Objects with more than 128 members are made values at once, and so is a
    /// member in which an object has a key twice. Throws std::invalid_argument if it is no object.
    void set_text_fields(const json_text& object);

    /// Moves a field with its values, mark and meta to another name, replacing what is there.
    /// Returns whether `from` was there.
    bool rename(std::string_view from, std::string_view to);

    /// Copies a field with its values, mark and meta to another name, replacing what is there.
    /// Returns whether `from` was there.
    bool copy(std::string_view from, std::string_view to);

    /// Takes over the other packet's fields, replacing those of the same name with their marks;
    /// with keep_meta::yes its packet meta key by key and its field meta whole per field too.
    void merge(const packet& other, keep_meta meta = keep_meta::no);

    // Meta of the packet

    /// Returns all meta of the packet.
    [[nodiscard]] const json::object& meta() const;
    /// Returns one meta value; null when absent.
    [[nodiscard]] const json::value* find_meta(std::string_view name) const;
    /// Returns one meta value that is a text; nothing when absent or no text. Valid until this
    /// packet is changed, moved or released. Makes no value, unless the text has escapes: for one
    /// look it is cheaper than find_meta().
    [[nodiscard]] std::optional<std::string_view> meta_text(std::string_view name) const;
    /// Returns a copy of one meta value, or `fallback` when absent.
    [[nodiscard]] json::value meta(std::string_view name, json::value fallback = nullptr) const;
    /// Whether there is such a meta value.
    [[nodiscard]] bool has_meta(std::string_view name) const noexcept;
    /// Sets one meta value.
    void set_meta(std::string_view name, json::value value);
    /// The same for a text.
    void set_meta(std::string_view name, const text_like auto& text)
    {
        put_meta(name, std::string_view(text));
    }
    /// Replaces all meta of the packet.
    void set_meta(json::object meta);
    /// Deletes one meta value; returns whether it was there.
    bool erase_meta(std::string_view name);

    // Meta of a field; it follows its field through rename, copy and erase

    /// Returns the meta of one field; empty when it has none.
    [[nodiscard]] const json::object& field_meta(std::string_view field) const noexcept;
    /// Returns a copy of one meta value of a field, or `fallback` when absent.
    [[nodiscard]] json::value field_meta(std::string_view field, std::string_view name,
                                         json::value fallback = nullptr) const;
    /// Whether the field has such a meta value.
    [[nodiscard]] bool has_field_meta(std::string_view field, std::string_view name) const noexcept;
    /// Sets meta of a field; false, and nothing set, when the field is absent.
    bool set_field_meta(std::string_view field, std::string_view name, json::value value);
    /// Deletes one meta value of a field; returns whether it was there.
    bool erase_field_meta(std::string_view field, std::string_view name);

    // Raw body

    /// Returns the raw body. A copy of it keeps the bytes alive.
    [[nodiscard]] const bytes& data() const noexcept;
    /// Replaces the raw body; the bytes are shared, not copied.
    void set_data(bytes data);
    /// Deletes the raw body.
    void clear_data();

    /// Compares fields with their marks, both metas and the data; not ids nor receipts.
    PENSTOCK_EXPORT friend bool operator==(const packet& a, const packet& b);

    /// Prints the sorted fields, and both metas if asked, for people.
    void print(std::ostream& out, keep_meta meta = keep_meta::yes) const;

private:
    friend class output;
    friend struct detail::packet_access;

    enum class nothing
    {
    };
    explicit packet(nothing) noexcept {}

    void put_meta(std::string_view name, std::string_view text);

    // Takes the content by value, so that a packet which is only passed on needs no memory of its
    // own where all is compiled in line: with it, such a hop took 10 stores instead of 7.
    static void release(detail::packet_body* body, detail::lineage* lineage, std::uint64_t numbers,
                        std::uint32_t marks) noexcept;
    detail::packet_body& own();
    void copy_body();

    // 32 bytes, so that a ring of packets is indexed by a shift; in four pieces, so that one is moved
    // by as many stores. See detail/packet_access.hpp for what the latter two consist of.
    detail::packet_body* body_ = nullptr;
    detail::lineage* lineage_ = nullptr;
    mutable std::uint64_t numbers_ = 0;
    std::uint32_t marks_ = 0;
};

inline packet::packet(packet&& other) noexcept
    : body_(other.body_), lineage_(other.lineage_), numbers_(other.numbers_), marks_(other.marks_)
{
    other.body_ = nullptr; // last, so that the compiler knows that `other` need not be destroyed
}

inline packet& packet::operator=(packet&& other) noexcept
{
    if (this != &other)
    {
        if (body_ != nullptr)
            release(body_, lineage_, numbers_, marks_);
        body_ = std::exchange(other.body_, nullptr);
        lineage_ = other.lineage_;
        numbers_ = other.numbers_;
        marks_ = other.marks_;
    }
    return *this;
}

inline packet::~packet()
{
    if (body_ != nullptr)
        release(body_, lineage_, numbers_, marks_);
}

/// Writes a packet as `{"fields", "meta", "field_meta", "data", "id"}`; empty parts are left out,
/// data that is not UTF-8 is base64 and marked by `"data_encoding": "base64"`. A multi-valued field
/// is a list, a list that is one value `[[…]]`; `"multivalued"` names the multi-valued fields that
/// look like the latter, those whose only value is a list.
/// [the packet's lane]
[[nodiscard]] PENSTOCK_EXPORT json::object to_json(const packet& packet);

/// Reads a bare packet from that form. [any thread] Throws std::invalid_argument naming the part
/// that is wrong.
[[nodiscard]] PENSTOCK_EXPORT packet packet_from_json(const json::object& form);

} // namespace penstock
