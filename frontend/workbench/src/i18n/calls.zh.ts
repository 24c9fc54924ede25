/** Words about calls that several features use. */
export const zh = {
  unknownName: '匿名会员',
  unknownArea: '归属地未知',
  inbound: '呼入',
  outbound: '呼出',
  endedBy: { CALLER: '主叫挂断', CALLEE: '被叫挂断', AGENT: '坐席挂断', SYSTEM: '系统结束' },
  result: {
    SUCCESS: '接通',
    BUSY: '忙线',
    NO_ANSWER: '无人接听',
    REJECTED: '拒接',
    OUT_OF_AREA: '不在服务区',
    POWERED_OFF: '关机',
    SUSPENDED: '停机',
    EMPTY_NUMBER: '空号',
    CALL_LOSS: '呼损',
    OTHER: '其他',
    ABANDONED: '放弃',
  },
};
