// A simulator for codesign in one header: copy it beside your program. C++17, no dependencies.
//
//   #include "codesign_sim.hpp"
//
//   int main() {
//     codesign::Simulator sim("npu", "1.0.0", "A made-up accelerator.");
//     sim.ordinal("pes", {8, 16, 32}).unit("PE");
//     sim.nominal("dataflow", {"os", "ws"});
//     sim.metric("latency", "cycles", "of the whole network");
//     return sim.serve([](const codesign::Design& d) -> codesign::Result {
//       if (d.label("dataflow") == "ws" && d.number("pes") > 16) return codesign::Result::infeasible("too wide", d.number("pes") / 16 - 1);
//       return {1e6 / d.number("pes")};  // one value a metric, in their order
//     });
//   }
//
// What the function prints goes to standard error, so that it cannot disturb the protocol (docs/protocol.md, version 1); print nothing before serve.
// An exception of the function fails that design alone, with what() as the reason.
#ifndef CODESIGN_SIM_HPP
#define CODESIGN_SIM_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#ifdef _WIN32
#include <io.h>
#define CODESIGN_DUP _dup
#define CODESIGN_DUP2 _dup2
#define CODESIGN_FDOPEN _fdopen
#else
#include <unistd.h>
#define CODESIGN_DUP dup
#define CODESIGN_DUP2 dup2
#define CODESIGN_FDOPEN fdopen
#endif

namespace codesign {

constexpr int kProtocol = 1;

namespace json {

// A JSON value. Numbers keep their text, so that identifiers come back as they came.
struct Value {
  enum class Kind { kNull, kBool, kNumber, kString, kList, kObject } kind = Kind::kNull;
  bool truth = false;
  std::string text;  // of a number or string
  std::vector<Value> list;
  std::vector<std::pair<std::string, Value>> fields;

  const Value* find(const std::string& key) const {
    for (const auto& f : fields)
      if (f.first == key) return &f.second;
    return nullptr;
  }
  const Value& at(const std::string& key) const {
    if (const Value* v = find(key)) return *v;
    throw std::runtime_error("the field \"" + key + "\" is missing");
  }
  double number() const {
    if (kind != Kind::kNumber) throw std::runtime_error("a number is expected");
    return std::strtod(text.c_str(), nullptr);
  }
};

class Parser {
 public:
  explicit Parser(const std::string& text) : at_(text.data()), end_(text.data() + text.size()) {}

  Value document() {
    Value v = value(0);
    space();
    if (at_ != end_) fail("something behind the end");
    return v;
  }

 private:
  const char* at_;
  const char* end_;

  [[noreturn]] void fail(const std::string& what) const { throw std::runtime_error("not JSON: " + what); }
  void space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n')) ++at_;
  }
  bool take(char c) {
    space();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  bool word(const char* w) {
    const std::size_t n = std::strlen(w);
    if (static_cast<std::size_t>(end_ - at_) < n || std::strncmp(at_, w, n) != 0) return false;
    at_ += n;
    return true;
  }

  Value value(int depth) {
    if (depth > 16) fail("too deep");
    Value v;
    if (take('{')) {
      v.kind = Value::Kind::kObject;
      if (take('}')) return v;
      do {
        space();
        std::string key = string();
        if (!take(':')) fail("a colon is expected");
        v.fields.emplace_back(std::move(key), value(depth + 1));
      } while (take(','));
      if (!take('}')) fail("} is expected");
    } else if (take('[')) {
      v.kind = Value::Kind::kList;
      if (take(']')) return v;
      do v.list.push_back(value(depth + 1));
      while (take(','));
      if (!take(']')) fail("] is expected");
    } else if (at_ != end_ && *at_ == '"') {
      v.kind = Value::Kind::kString;
      v.text = string();
    } else if (word("true")) {
      v.kind = Value::Kind::kBool;
      v.truth = true;
    } else if (word("false")) {
      v.kind = Value::Kind::kBool;
    } else if (!word("null")) {
      v.kind = Value::Kind::kNumber;
      const char* start = at_;
      while (at_ != end_ && (std::strchr("+-.eE", *at_) != nullptr || (*at_ >= '0' && *at_ <= '9')) && *at_ != '\0') ++at_;
      if (at_ == start) fail("a value is expected");
      v.text.assign(start, at_);
    }
    return v;
  }

  std::string string() {
    if (at_ == end_ || *at_ != '"') fail("a string is expected");
    std::string out;
    for (++at_; at_ != end_ && *at_ != '"'; ++at_) {
      if (*at_ != '\\') {
        out += *at_;
        continue;
      }
      if (++at_ == end_) break;
      switch (*at_) {
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u': append_utf8(out, code_point()); break;
        default: out += *at_;
      }
    }
    if (at_ == end_) fail("a string does not end");
    ++at_;
    return out;
  }

  // Reads the four digits behind a u, and a second half where there is one; leaves at_ on the last digit.
  std::uint32_t code_point() {
    std::uint32_t c = digits();
    if (c >= 0xd800 && c < 0xdc00 && end_ - at_ > 6 && at_[1] == '\\' && at_[2] == 'u') {
      at_ += 2;
      c = 0x10000 + ((c - 0xd800) << 10) + ((digits() - 0xdc00) & 0x3ff);
    }
    return c;
  }
  std::uint32_t digits() {
    if (end_ - at_ <= 4) fail("a string does not end");
    const std::string hex(at_ + 1, at_ + 5);
    at_ += 4;
    return static_cast<std::uint32_t>(std::strtoul(hex.c_str(), nullptr, 16));
  }
  static void append_utf8(std::string& out, std::uint32_t c) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xc0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xe0 | c >> 12);
      out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
      out += static_cast<char>(0x80 | (c & 0x3f));
    } else {
      out += static_cast<char>(0xf0 | c >> 18);
      out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
      out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
      out += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
};

inline std::string text(const std::string& s) {
  std::string out = "\"";
  for (const char c : s) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// The shortest text that reads back equal.
inline std::string number(double v) {
  char text[32];
  for (int digits = 15; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, v);
    if (std::strtod(text, nullptr) == v) break;
  }
  return text;
}

inline std::string texts(const std::vector<std::string>& list) {
  std::string out = "[";
  for (const auto& s : list) out += (out.size() > 1 ? "," : "") + text(s);
  return out + "]";
}

}  // namespace json

// What a design gives: values, or the reason why it has none.
class Result {
 public:
  Result(std::initializer_list<double> values) : values_(values) {}
  explicit Result(std::vector<double> values) : values_(std::move(values)) {}

  // A design that cannot exist; violation >= 0 says how far it is from feasible (0: unknown).
  static Result infeasible(const std::string& reason, double violation = 0) {
    Result r{};
    r.infeasible_ = reason.empty() ? "infeasible" : reason;
    r.violation_ = violation;
    return r;
  }
  // An evaluation that broke.
  static Result failed(const std::string& reason) {
    Result r{};
    r.failed_ = reason.empty() ? "failed" : reason;
    return r;
  }

 private:
  friend class Simulator;
  std::vector<double> values_;
  std::string infeasible_, failed_;
  double violation_ = 0;
};

// An axis of the space, and how to say more of it.
class Axis {
 public:
  Axis& unit(const std::string& v) { unit_ = v; return *this; }
  Axis& doc(const std::string& v) { doc_ = v; return *this; }
  Axis& group(const std::string& v) { group_ = v; return *this; }
  Axis& log() { log_ = true; return *this; }
  // Active only while an earlier axis has one of these levels (numbers as text).
  Axis& when(const std::string& axis, std::vector<std::string> levels) {
    when_.emplace_back(axis, std::move(levels));
    return *this;
  }

 private:
  friend class Simulator;
  friend class Design;
  std::string name_, kind_, unit_, doc_, group_;
  bool log_ = false;
  std::vector<double> values_;
  std::vector<std::string> labels_;
  std::vector<std::pair<std::string, std::vector<std::string>>> when_;

  // The labels of a permutation in the order of a level.
  std::vector<std::string> order(std::size_t rank) const {
    std::vector<std::string> rest = labels_, out;
    std::size_t ways = 1;
    for (std::size_t i = 2; i < rest.size(); ++i) ways *= i;
    while (!rest.empty()) {
      const std::size_t at = rank / ways;
      rank %= ways;
      out.push_back(rest[at]);
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
      if (rest.size() > 1) ways /= rest.size();
    }
    return out;
  }
  std::size_t levels() const {
    if (kind_ == "ordinal") return values_.size();
    std::size_t n = labels_.size();
    if (kind_ == "permutation")
      for (std::size_t i = labels_.size() - 1; i > 1; --i) n *= i;
    return n;
  }
  std::string level_name(std::size_t level) const {
    if (kind_ == "ordinal") return json::number(values_[level]);
    if (kind_ == "nominal") return labels_[level];
    std::string out;
    for (const auto& label : order(level)) out += (out.empty() ? "" : ">") + label;
    return out;
  }
  std::string described() const {
    std::string out = "{\"name\":" + json::text(name_) + ",\"kind\":" + json::text(kind_);
    if (!unit_.empty()) out += ",\"unit\":" + json::text(unit_);
    if (!doc_.empty()) out += ",\"doc\":" + json::text(doc_);
    if (!group_.empty()) out += ",\"group\":" + json::text(group_);
    if (log_) out += ",\"log\":true";
    if (!labels_.empty()) out += ",\"labels\":" + json::texts(labels_);
    if (!values_.empty()) {
      out += ",\"values\":[";
      for (std::size_t i = 0; i < values_.size(); ++i) out += (i > 0 ? "," : "") + json::number(values_[i]);
      out += "]";
    }
    if (!when_.empty()) {
      out += ",\"when\":[";
      for (std::size_t i = 0; i < when_.size(); ++i)
        out += (i > 0 ? ",{\"axis\":" : "{\"axis\":") + json::text(when_[i].first) + ",\"in\":" + json::texts(when_[i].second) + "}";
      out += "]";
    }
    return out + "}";
  }
};

class Simulator;

// The values of one design, and the settings.
class Design {
 public:
  // Whether the axis means anything in this design.
  bool active(const std::string& axis) const { return level_of(axis) >= 0; }
  // The value of an ordinal axis.
  double number(const std::string& axis) const {
    const Axis& a = axes_[index(axis)];
    if (a.kind_ != "ordinal") throw std::logic_error("axis " + axis + " has no numbers");
    return a.values_[level(axis)];
  }
  // The label of a nominal axis.
  std::string label(const std::string& axis) const {
    const Axis& a = axes_[index(axis)];
    if (a.kind_ != "nominal") throw std::logic_error("axis " + axis + " has no labels");
    return a.labels_[level(axis)];
  }
  // The labels of a permutation in their order.
  std::vector<std::string> order(const std::string& axis) const {
    const Axis& a = axes_[index(axis)];
    if (a.kind_ != "permutation") throw std::logic_error("axis " + axis + " has no order");
    return a.order(level(axis));
  }
  // The value of a setting.
  double setting(const std::string& name) const { return find_setting(name).number(); }
  std::string setting_text(const std::string& name) const { return find_setting(name).text; }

 private:
  friend class Simulator;
  Design(const std::vector<Axis>& axes, const std::map<std::string, json::Value>& settings) : axes_(axes), settings_(settings), levels_(axes.size()) {}
  const std::vector<Axis>& axes_;
  const std::map<std::string, json::Value>& settings_;
  std::vector<long> levels_;  // -1: inactive

  std::size_t index(const std::string& axis) const {
    for (std::size_t i = 0; i < axes_.size(); ++i)
      if (axes_[i].name_ == axis) return i;
    throw std::logic_error("there is no axis " + axis);
  }
  long level_of(const std::string& axis) const { return levels_[index(axis)]; }
  std::size_t level(const std::string& axis) const {
    const long l = level_of(axis);
    if (l < 0) throw std::logic_error("axis " + axis + " is inactive in this design");
    return static_cast<std::size_t>(l);
  }
  const json::Value& find_setting(const std::string& name) const {
    const auto found = settings_.find(name);
    if (found == settings_.end()) throw std::logic_error("there is no setting " + name);
    return found->second;
  }
};

// A simulator: its space, its metrics, its settings, and the loop that answers requests.
class Simulator {
 public:
  Simulator(std::string name, std::string version, std::string doc = "") : name_(std::move(name)), version_(std::move(version)), doc_(std::move(doc)) {}

  // The references stay valid until the next axis is added: say all of an axis in one chain.
  Axis& ordinal(const std::string& name, std::vector<double> values) {
    Axis& a = add(name, "ordinal");
    a.values_ = std::move(values);
    return a;
  }
  Axis& nominal(const std::string& name, std::vector<std::string> labels) {
    Axis& a = add(name, "nominal");
    a.labels_ = std::move(labels);
    return a;
  }
  Axis& permutation(const std::string& name, std::vector<std::string> labels) {
    Axis& a = add(name, "permutation");
    a.labels_ = std::move(labels);
    return a;
  }
  void metric(const std::string& name, const std::string& unit = "", const std::string& doc = "") {
    metrics_ += (metrics_.empty() ? "" : ",") + std::string("{\"name\":") + json::text(name);
    if (!unit.empty()) metrics_ += ",\"unit\":" + json::text(unit);
    if (!doc.empty()) metrics_ += ",\"doc\":" + json::text(doc);
    metrics_ += "}";
    ++metric_count_;
  }
  // A setting of the scenario, not of the design.
  void setting(const std::string& name, double otherwise, const std::string& doc = "") { declare(name, "float", json::number(otherwise), doc); }
  void setting(const std::string& name, int otherwise, const std::string& doc = "") { declare(name, "int", std::to_string(otherwise), doc); }
  void setting(const std::string& name, const char* otherwise, const std::string& doc = "") { declare(name, "string", json::text(otherwise), doc); }
  // Equal designs may give unequal results.
  void not_deterministic() { deterministic_ = false; }

  // Answers requests on standard input and output until the input ends; what main returns.
  int serve(const std::function<Result(const Design&)>& evaluate) {
    std::FILE* out = CODESIGN_FDOPEN(CODESIGN_DUP(1), "w");
    if (out == nullptr) return 1;
    CODESIGN_DUP2(2, 1);  // prints go to standard error from here on
    std::string line;
    while (std::getline(std::cin, line)) {
      std::string reply, id;
      bool ends = false;
      try {
        const json::Value request = json::Parser(line).document();
        id = request.at("id").text;
        const std::string& type = request.at("type").text;
        ends = type == "close";
        if (type == "hello") reply = hello(request);
        else if (type == "evaluate") reply = results(request.at("points"), evaluate);
        else if (ends) reply = "\"type\":\"close\"";
        else throw std::runtime_error("\"" + type + "\" is not served");
      } catch (const std::exception& e) {
        reply = "\"type\":\"error\",\"error\":" + json::text(e.what());
      }
      const std::string head = id.empty() ? "{" : "{\"id\":" + id + ",";
      std::fprintf(out, "%s%s}\n", head.c_str(), reply.c_str());
      if (std::fflush(out) != 0) return 1;
      if (ends || id.empty()) return ends ? 0 : 2;
    }
    return 0;
  }

 private:
  std::string name_, version_, doc_, metrics_, declared_;
  std::size_t metric_count_ = 0;
  bool deterministic_ = true;
  std::vector<Axis> axes_;
  std::map<std::string, json::Value> settings_;

  Axis& add(const std::string& name, const char* kind) {
    axes_.emplace_back();
    axes_.back().name_ = name;
    axes_.back().kind_ = kind;
    return axes_.back();
  }
  void declare(const std::string& name, const char* type, const std::string& otherwise, const std::string& doc) {
    declared_ += (declared_.empty() ? "" : ",") + std::string("{\"name\":") + json::text(name) + ",\"type\":\"" + type + "\",\"default\":" + otherwise;
    if (!doc.empty()) declared_ += ",\"doc\":" + json::text(doc);
    declared_ += "}";
    settings_[name] = json::Parser(otherwise).document();
  }

  std::string hello(const json::Value& request) {
    const std::string& theirs = request.at("protocol").text;
    if (theirs != std::to_string(kProtocol))
      throw std::runtime_error("the client speaks version " + theirs + " of the protocol, this program version " + std::to_string(kProtocol));
    if (const json::Value* set = request.find("set"))
      for (const auto& field : set->fields) {
        const auto known = settings_.find(field.first);
        if (known == settings_.end()) throw std::runtime_error("unknown setting \"" + field.first + "\"");
        if (known->second.kind != field.second.kind) throw std::runtime_error("the setting \"" + field.first + "\" is of another type");
        known->second = field.second;
      }
    std::string axes, set;
    for (const Axis& a : axes_) axes += (axes.empty() ? "" : ",") + a.described();
    for (const auto& s : settings_)
      set += (set.empty() ? "" : ",") + json::text(s.first) + ":" + (s.second.kind == json::Value::Kind::kString ? json::text(s.second.text) : s.second.text);
    return "\"type\":\"hello\",\"protocol\":" + std::to_string(kProtocol) + ",\"program\":" + json::text(name_ + " " + version_) +
           ",\"serves\":[\"evaluate\"],\"deterministic\":" + (deterministic_ ? "true" : "false") + ",\"spec\":{\"name\":" + json::text(name_) +
           ",\"version\":" + json::text(version_) + (doc_.empty() ? "" : ",\"doc\":" + json::text(doc_)) + ",\"axes\":[" + axes + "],\"metrics\":[" + metrics_ +
           "]},\"settings\":[" + declared_ + "],\"set\":{" + set + "}";
  }

  std::string results(const json::Value& points, const std::function<Result(const Design&)>& evaluate) const {
    std::string values, reasons;
    for (std::size_t i = 0; i < points.list.size(); ++i) {
      const Result r = one(points.list[i], evaluate);
      values += i > 0 ? "," : "";
      if (r.infeasible_.empty() && r.failed_.empty()) {
        values += "[";
        for (std::size_t k = 0; k < r.values_.size(); ++k) values += (k > 0 ? "," : "") + json::number(r.values_[k]);
        values += "]";
        continue;
      }
      values += "null";
      reasons += (reasons.empty() ? "{\"at\":" : ",{\"at\":") + std::to_string(i);
      if (r.failed_.empty()) reasons += ",\"infeasible\":" + json::text(r.infeasible_) + ",\"violation\":" + json::number(r.violation_) + "}";
      else reasons += ",\"failed\":" + json::text(r.failed_) + "}";
    }
    return "\"type\":\"evaluate\",\"values\":[" + values + "]" + (reasons.empty() ? "" : ",\"reasons\":[" + reasons + "]");
  }

  Result one(const json::Value& point, const std::function<Result(const Design&)>& evaluate) const {
    const Design d = design(point);
    Result r{};
    try {
      r = evaluate(d);
    } catch (const std::exception& e) {
      return Result::failed(e.what());
    }
    if (!r.infeasible_.empty() || !r.failed_.empty())
      return std::isfinite(r.violation_) && r.violation_ >= 0 ? r : Result::failed("the violation is " + std::to_string(r.violation_));
    if (r.values_.size() != metric_count_)
      return Result::failed("evaluate returned " + std::to_string(r.values_.size()) + " values for " + std::to_string(metric_count_) + " metrics");
    for (const double v : r.values_)
      if (!std::isfinite(v)) return Result::failed("a metric is " + std::to_string(v));
    return r;
  }

  Design design(const json::Value& point) const {
    if (point.list.size() != axes_.size()) throw std::runtime_error("a design of " + std::to_string(point.list.size()) + " levels");
    Design d(axes_, settings_);
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      const double level = point.list[i].number();
      if (!(level >= 0 && level < static_cast<double>(axes_[i].levels()))) throw std::runtime_error("a level out of range for " + axes_[i].name_);
      d.levels_[i] = static_cast<long>(level);
      for (const auto& condition : axes_[i].when_) {
        const std::size_t earlier = d.index(condition.first);
        const long at = d.levels_[earlier];
        const auto& in = condition.second;
        if (at < 0 || std::find(in.begin(), in.end(), axes_[earlier].level_name(static_cast<std::size_t>(at))) == in.end()) d.levels_[i] = -1;
      }
    }
    return d;
  }
};

}  // namespace codesign

#undef CODESIGN_DUP
#undef CODESIGN_DUP2
#undef CODESIGN_FDOPEN

#endif  // CODESIGN_SIM_HPP
