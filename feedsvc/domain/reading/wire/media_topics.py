"""Finds the top topic above a code of the IPTC: Media Topics and the older Subject Codes."""

from __future__ import annotations

import re
from functools import cache

# IPTC Media Topics as of 2025-03-31, CC BY 4.0, International Press Telecommunications Council:
# the concepts 20000000 + first to 20000000 + last, and the number of the topic at their top.
_RUNS = """
2-51:01 53-71:16 72:02 73-80:16 82-119:02 120:14 121-137:02 139-168:03 170-241:04 242:01
243-338:04 339:09 340-344:04 345:11 346-396:04 398-416:05 418-422:06 423:11 424-444:06
446-478:07 479:11 480-493:07 494-495:06 497-499:08 500:06 501-506:08 507:06 509-536:09
538-572:10 574-586:11 587-592:14 593-655:11 657-708:12 710-711:13 712-714:07 715-766:13
768-820:14 822-916:15 917:10 918-1126:15 1128-1131:17 1132:11 1133-1135:01 1136-1141:04
1142-1143:10 1144-1147:11 1148-1157:15 1158-1172:04 1173-1174:11 1175-1178:15 1179-1182:01
1183:15 1184-1192:01 1193:14 1194-1200:02 1201-1202:03 1203-1205:01 1206:09 1207-1211:04
1212-1217:05 1218-1229:07 1230:04 1231:15 1232:14 1233-1238:08 1239:10 1240:15 1241:10
1242:15 1243-1246:04 1247:10 1248-1249:01 1250-1257:10 1258:04 1259-1266:11 1267-1270:10
1271-1273:12 1274:14 1275-1277:09 1278-1279:04 1280:03 1281-1282:15 1283:02 1284:14 1285:02
1286:15 1287:02 1288:14 1289:04 1290:14 1291:04 1292:11 1293-1297:04 1298:13 1299:02 1300:14
1301-1311:15 1312:11 1313-1314:02 1315:10 1316:11 1317:14 1318:06 1319:01 1320:02 1321:03
1322:07 1323-1325:15 1326-1328:14 1329-1336:15 1337:05 1338:11 1339-1340:10 1341-1343:15
1344-1352:12 1353:03 1354:04 1355-1358:07 1359-1360:14 1361:16 1362-1372:04 1373:14 1374:06
1375:09 1376:04 1377-1378:16 1379:15 1380-1389:11 1390:15
"""
_BASE = 20_000_000
_TOPS = 17
_CODE = re.compile(r"(?:^|[:/#])(\d{8})$")


def find_top(code: str) -> str:
    """The code of the top topic (`medtop:04000000`) above one; empty if it is none of the IPTC.

    A code is written as `medtop:20000170`, `subj:04005000`, as an address or as eight digits.
    """
    match = _CODE.search(code.strip())
    if match is None:
        return ""
    number = int(match[1])
    top = _tops().get(number - _BASE, 0) if number >= _BASE else number // 1_000_000
    return f"medtop:{top:02}000000" if 1 <= top <= _TOPS else ""


@cache
def _tops() -> dict[int, int]:
    tops: dict[int, int] = {}
    for run in _RUNS.split():
        numbers, _, top = run.partition(":")
        first, _, last = numbers.partition("-")
        tops.update(dict.fromkeys(range(int(first), int(last or first) + 1), int(top)))
    return tops
